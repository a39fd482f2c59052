# 简体中文：设置用语。用“请”和“您”。

title = 设置本机
step-of = 第 { $place } 步，共 { $all } 步
step-language = 语言
step-sign-in = 登录
step-location = 地点
step-rights = 权限
step-reader = 读卡器
step-policy = 隐私与断网
step-staff-pin = 工作人员 PIN 码
step-test-tap = 测试
step-summary = 汇总

lead-language = 请选择本机的语言。会员可以切换为自己的语言。
lead-sign-in = 请登录本机在 { $service } 使用的账户。
lead-location = 请选择本机所在的地点。
lead-rights = 查看账户是否具备本机所需的角色。
lead-reader = 请选择读卡器，然后将任意一张卡靠近它。
lead-policy = 请选择他人能看到什么，以及断网时如何处理。
lead-staff-pin = PIN 码可防止会员进入本机的设置。
lead-test-tap = 请将会员的卡靠近读卡器。不会记录任何内容。
lead-summary = 请再核对一遍。完成之前不会保存任何内容。

missing-sign-in = 请登录后继续。
missing-location = 请选择地点后继续。
missing-staff-pin = 请设定 PIN 码后继续。
missing-summary = 还缺少内容。

back = 返回
next = 下一步
finish = 完成
leave = 离开设置
leave-ask = 要离开吗？在此所做的更改将不会保留。
leave-yes = 离开
leave-no = 留下
one-moment = 请稍候

problem-sign-in-refused = 电子邮箱、密码或验证码不正确。
todo-sign-in-refused = 请检查电子邮箱并重新输入密码。如果账户使用验证码，也请输入。
problem-code-needed = 此账户还需要验证码。
todo-code-needed = 请重新输入密码，并输入身份验证应用中的六位数字。
problem-no-api = 此账户不能使用服务的 API。
todo-no-api = 请管理员为该用户开启“API access”，或使用其他账户登录。
problem-account-inactive = 此账户未启用。
todo-account-inactive = 请管理员启用，或使用其他账户登录。
problem-must-reset-password = 此账户需要先设置新密码。
todo-must-reset-password = 请在浏览器中打开 { $service }，设置新密码，然后在此登录。
problem-unreachable = 无法连接到 { $service }。
todo-unreachable = 请检查网线或无线网络，然后重试。
problem-gateway = 服务没有正常应答。
todo-gateway = 如果此网络要求在网页上登录，请先登录。否则请等几分钟后重试。
problem-throttled = 目前对服务的请求过多。
todo-throttled = 请等一分钟后重试。
problem-not-permitted = 账户没有此操作所需的角色。
todo-not-permitted = 请添加“权限”一步中列出的角色，然后重试。
todo-taps-wait = 请保留此地点，待全部记录后再更改。
problem-pins-differ = 两次输入的 PIN 码不一致。
todo-pins-differ = 请输入 PIN 码，然后再输入一次。
weak-too-short = PIN 码太短。
weak-too-long = PIN 码太长。
weak-not-digits = PIN 码只能是数字。
weak-too-simple = 此 PIN 码太容易猜到。
todo-weak = 请使用 6 到 12 位数字，不要使用 123456 之类的顺序或单一重复的数字。
problem-key-store = 本机目前无法保管机密信息。
todo-key-store = 请解锁密钥库或联系 IT 人员，然后重试。
problem-configuration = 无法写入设置。没有任何更改。
todo-configuration = 请 IT 人员允许 Tapdesk 写入其设置，然后重试。
problem-failed = 操作没有成功。
todo-failed = 请重试。

sign-in-email = 电子邮箱
sign-in-password = 密码
sign-in-show-password = 显示密码
sign-in-code = 六位验证码
sign-in-code-hint = 来自身份验证应用
sign-in-keeps = 密码不会被保存。
signed-in-as = 已登录：{ $email }
signed-in = 已登录
signed-in-kept = 自上次设置以来
sign-in-again = 重新登录
sign-in-other = 使用其他账户

location-looking = 正在查找地点
location-none = 此账户看不到任何地点。请管理员为其分配地点，或使用其他账户登录。
location-waiting = { $count ->
   *[other] 原地点还有 { $shown } 条记录待提交。
}

rights-needed = 必需
rights-nice = 可选
right-held = 已有
right-lacking = 缺少
right-unknown = 未测试
rights-lacking = 缺少必需的角色。您可以继续，但在账户获得该角色之前无法签到。
rights-administrator = 此账户是完全管理员，超出了本机的需要。只有这些角色的账户更安全。
rights-not-looked = 尚未查看角色。
rights-look = 重新查看
rights-try = 测试写入角色
rights-try-explained = 将发送三个空请求，服务不会接受：不会记录任何内容。
rights-list = 所需的全部角色，可复制
rights-copy = 复制列表
rights-copied = 已复制
rights-selected = 已选中：请复制

reader-first-usb = 第一个 USB 读卡器
reader-other = 其他连接
reader-other-hint = 例如 pn532_uart:/dev/ttyUSB0:115200
reader-other-use = 使用
reader-starting = 读卡器正在启动
reader-up = 读卡器就绪
reader-down = 读卡器无法工作
reader-hold = 请将任意一张卡靠近读卡器
reader-read = 已读取：{ $tile }
reader-random = 已读取，但这是手机或会变号的卡。会员需要使用自己的卡。
reader-count = { $count ->
   *[other] 已读取 { $shown } 次
}

names-title = 屏幕上的姓名
names-first = 名字
names-first-means = 附近的人只能看到名字。
names-full = 全名
names-full-means = 附近的人能看到全名。
names-none = 不显示
names-none-means = 屏幕问候时不显示姓名。
offline-title = 断网时
offline-known = 保存已知的卡
offline-known-means = 已知会员稍后记录，其他人请到前台。
offline-all = 全部保存
offline-all-means = 所有人稍后记录，无人认识的卡由工作人员处理。
offline-none = 不保存
offline-none-means = 网络恢复之前无法签到。

staff-pin-first = 请输入 6 到 12 位的 PIN 码
staff-pin-again = 请再输入一次
staff-pin-typed = { $count ->
   *[other] { $shown } 位
}
staff-pin-backspace = 删除最后一位
staff-pin-enter = 确认
staff-pin-missing = 尚无 PIN 码
staff-pin-kept = 工作人员已有 PIN 码
staff-pin-new = 已设定新的 PIN 码
staff-pin-keep = 保留 PIN 码
staff-pin-other = 另设一个

test-wait = 等待刷卡
test-looking = 正在查找
test-member-in = { $name } 将会签到
test-member-out = { $name } 将会签退
test-a-member-in = 此会员将会签到
test-a-member-out = 此会员将会签退
test-inactive = 此会员的账户未启用：会请其到前台。
test-unknown = 没有会员使用这张卡。
test-ambiguous = 有多位会员使用这张卡。
test-unusable = 这是手机或会变号的卡，不能用作感应卡。
test-trouble = 无法查询服务。
tile = 卡号 { $tile }

summary-change = 更改
summary-rights-all = 具备全部所需角色
summary-rights-lacking = { $count ->
   *[other] 缺少 { $shown } 个必需的角色
}
summary-rights-unknown = 尚未全部测试
summary-nothing = 尚未选择
summary-tried = 已用卡测试
summary-not-tried = 未测试
summary-overridden = 由环境变量设定，以其为准：{ $keys }

keyboard-open = 屏幕键盘
keyboard-hide = 隐藏键盘
keyboard-title = 键盘
keyboard-shift = 大写字母
keyboard-backspace = 删除
keyboard-space = 空格
keyboard-letters = 字母
keyboard-symbols = 数字和符号
keyboard-more = 更多符号
