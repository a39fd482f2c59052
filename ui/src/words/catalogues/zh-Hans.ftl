# 简体中文。用"您"和"请"，简短有礼。"感应卡"指会员靠近读卡器的卡片、钥匙扣或贴纸。

invitation-up = 请将感应卡靠近读卡器
getting-ready = 正在准备
one-moment-please = 请稍候
one-moment = 请稍候
see-the-desk = 请到前台
cannot-store = 无法保存记录
acknowledged = 已读卡

headline-checked-in = 欢迎
headline-checked-out = 再见
headline-refused = 未签到
headline-unknown-tile = 未登记的卡
headline-ambiguous-tile = 重复的卡
headline-unusable-tile = 请用感应卡
headline-saved = 已保存
headline-unavailable = 未记录
headline-ambiguous-pin = 重复的 PIN
nothing-changed = 没有变化

checked-in-at = 签到时间：{ $time }
checked-out-after = 已签退，时长：{ $duration }
here-since = 您的到达时间：{ $time }

refused-without-reason = 未说明原因。
refused-inactive = 您的会员资格未生效。
refused-archived = 您的会员资格已结束。
refused-already-in = 您已经签到。
refused-already-out = 您已经签退。
refused-withheld = 请到前台。

unknown-tile = 没有会员使用这张卡，因此未签到。
ambiguous-tile = 有多位会员使用这张卡，因此未签到。
ambiguous-pin = 有多位会员使用此 PIN，因此未签到。
unusable-tile = 手机或这类卡不能签到。请使用发给您的感应卡。
unusable-place = 此贴纸代表一个地点：请用手机触碰。要在此签到，请使用发给您的感应卡。
saved = 已保存在本机，尚未核对。恢复连接后会自动记录。

unavailable-offline = 目前没有网络连接。
unavailable-signed-out = 本机已退出登录。
unavailable-queue-full = 没有网络连接，本机也无法再保存记录。
unavailable-no-member-data = 本机尚未载入会员名单。
unavailable-not-permitted = 本机没有记录签到的权限。
unavailable-journal = 本机未能保存您的记录。
unavailable-service = 签到服务没有给出明确的答复。
unavailable-out-of-order = 本机暂停服务。

tile = 卡号 { $tile }
offer-check-in = 改为签到
offer-check-out = 改为签退
offer-try-again = 再试一次
offer-failed = 没有成功
out-of-order = 暂停服务
being-set-up = 正在设置本机

reader-starting = 读卡器正在启动
reader-up = 读卡器就绪
reader-down = 读卡器未连接
link-connecting = 正在连接
link-online = 已连接
link-offline = 离线：记录保存在本机
link-signed-out = 已退出登录：请联系工作人员
offline-without-saving = 离线：无法记录
waiting = { $count ->
   *[other] { $shown } 条记录待上传
}
waiting-since = { $count ->
   *[other] { $shown } 条记录待上传（自 { $since } 起）
}
needs-staff = { $count ->
   *[other] { $shown } 条记录需要工作人员处理
}
sign-in-ends-days = { $count ->
   *[other] 登录将在 { $shown } 天后到期：请工作人员重新登录
}
sign-in-ends-hours = { $count ->
   *[other] 登录将在 { $shown } 小时后到期：请工作人员重新登录
}
not-taken-over = 新配置未生效：请工作人员查看日志
storage-fails = 无法保存记录：请联系工作人员
clock-behind = 本机时钟慢了：{ $duration }
clock-ahead = 本机时钟快了：{ $duration }

duration-none = 不到 1 分钟
duration-minutes = { $shown } 分钟
duration-hours = { $shown } 小时
duration-hours-and-minutes = { $hoursShown } 小时 { $minutesShown } 分钟

passes-left = { $count ->
    [0] 没有剩余次数
   *[other] 剩余次数：{ $shown }
}
minutes-used = 本期已使用：{ $duration }
pay-as-you-go = 本次使用了按次付费通行证
present = { $count ->
   *[other] 现有 { $shown } 人
}
charge-of-some-kind = 没有通行证时，将按次收费
charge = 没有通行证时，将按“{ $name }”收费
charge-with-price = 没有通行证时，将按“{ $name }”收费：{ $price }

closed = 已打烊
closed-opens = 开门时间：{ $when }
closed-taps-still-work = 仍可签到和签退
renew-here = 在此续费

preferences-open = 语言
preferences-title = 语言和显示
preferences-language = 语言
preferences-larger-text = 放大文字
preferences-high-contrast = 高对比度
preferences-speech = 朗读结果
preferences-done = 完成

pin-open = 没带卡？请用 PIN 码
pin-title = 请输入您的 PIN 码
pin-name = 请输入您的姓名
pin-who-are-you = 您是哪一位？
pin-nobody = 没有找到该姓名
pin-pause = 请稍候再试
pin-wrong = PIN 码不正确
pin-locked = 尝试次数过多，请等待：{ $duration }
pin-backspace = 删除最后一位
pin-clear = 全部清除
pin-enter = 确认
pin-cancel = 取消

staff-open = 工作人员
staff-pin-title = 工作人员 PIN 码
configuration = 配置 { $configuration }

sentence = { $text }。
