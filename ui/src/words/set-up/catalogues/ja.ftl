# 日本語：設定の言葉。丁寧体。

title = この端末を設定する
step-of = ステップ { $place }／{ $all }
step-language = 言語
step-sign-in = サインイン
step-location = 拠点
step-rights = 権限
step-reader = 読み取り機
step-policy = プライバシーと通信断
step-staff-pin = スタッフ用 PIN
step-test-tap = テスト
step-summary = 確認

lead-language = この端末の言語を選んでください。会員は自分の言語に切り替えられます。
lead-sign-in = この端末が { $service } で使うアカウントでサインインしてください。
lead-location = この端末を置く拠点を選んでください。
lead-rights = この端末に必要なロールがアカウントにあるかを確かめます。
lead-reader = 読み取り機を選び、タグをかざしてみてください。
lead-policy = ほかの人に何が見えるか、通信できないときにどうするかを選んでください。
lead-staff-pin = PIN は、この端末を見つけた会員が設定を変えるのを防ぎます。
lead-test-tap = 会員のタグをかざしてください。何も記録されません。
lead-summary = もう一度ご確認ください。完了するまで何も保存されません。

missing-sign-in = 先に進むにはサインインしてください。
missing-location = 先に進むには拠点を選んでください。
missing-staff-pin = 先に進むには PIN を決めてください。
missing-summary = まだ足りないものがあります。

back = 戻る
next = 次へ
finish = 完了
leave = 設定をやめる
leave-ask = 設定をやめますか？ここで変えた内容は失われます。
leave-yes = やめる
leave-no = 続ける
one-moment = 少々お待ちください

problem-sign-in-refused = メールアドレス、パスワード、またはコードが正しくありません。
todo-sign-in-refused = メールアドレスを確かめ、パスワードをもう一度入力してください。コードを使うアカウントならコードも入力してください。
problem-code-needed = このアカウントにはコードも必要です。
todo-code-needed = パスワードと、認証アプリの 6 桁の数字を入力してください。
problem-no-api = このアカウントではサービスの API を使えません。
todo-no-api = 管理者にユーザーの「API access」を有効にしてもらうか、別のアカウントをお使いください。
problem-account-inactive = このアカウントは有効ではありません。
todo-account-inactive = 管理者に有効にしてもらうか、別のアカウントをお使いください。
problem-must-reset-password = このアカウントは、先に新しいパスワードを決める必要があります。
todo-must-reset-password = ブラウザーで { $service } を開いて新しいパスワードを決めてから、ここでサインインしてください。
problem-unreachable = { $service } につながりません。
todo-unreachable = ネットワークケーブルか Wi-Fi を確かめて、もう一度お試しください。
problem-gateway = サービスから正しい応答がありませんでした。
todo-gateway = このネットワークがウェブページでのサインインを求める場合は、先に済ませてください。そうでなければ、数分待ってからお試しください。
problem-throttled = 今はサービスへの問い合わせが多すぎます。
todo-throttled = 1 分待ってから、もう一度お試しください。
problem-not-permitted = アカウントに必要なロールがありません。
todo-not-permitted = 「権限」のステップにあるロールを追加してもらってから、もう一度お試しください。
todo-taps-wait = 記録が済むまでこの拠点のままにし、その後で変えてください。
problem-pins-differ = 2 つの PIN が一致しません。
todo-pins-differ = PIN を入力し、同じものをもう一度入力してください。
weak-too-short = この PIN は短すぎます。
weak-too-long = この PIN は長すぎます。
weak-not-digits = PIN に使えるのは数字だけです。
weak-too-simple = この PIN は推測されやすいものです。
todo-weak = 6～12 桁の数字にしてください。123456 のような並びや同じ数字だけのものは使えません。
problem-key-store = 今はこの端末に秘密の情報を保管できません。
todo-key-store = キーストアのロックを解除するか、IT 担当に相談してから、もう一度お試しください。
problem-configuration = 設定を書き込めません。何も変わっていません。
todo-configuration = Tapdesk が設定を書き込めるよう IT 担当に依頼してから、もう一度お試しください。
problem-failed = うまくいきませんでした。
todo-failed = もう一度お試しください。

sign-in-email = メールアドレス
sign-in-password = パスワード
sign-in-show-password = パスワードを表示
sign-in-code = 6 桁のコード
sign-in-code-hint = 認証アプリのコード
sign-in-keeps = パスワードは保存されません。
signed-in-as = { $email } でサインイン済み
signed-in = サインイン済み
signed-in-kept = 前回の設定から
sign-in-again = もう一度サインイン
sign-in-other = 別のアカウントを使う

location-looking = 拠点を探しています
location-none = このアカウントには拠点がありません。管理者に割り当ててもらうか、別のアカウントをお使いください。
location-waiting = { $count ->
   *[other] これまでの拠点の記録が { $shown } 件、まだ送られていません。
}

rights-needed = 必要
rights-nice = あると便利
right-held = あり
right-lacking = なし
right-unknown = 未確認
rights-lacking = 必要なロールが足りません。先に進めますが、アカウントに追加されるまでチェックインはできません。
rights-administrator = このアカウントはすべての権限を持つ管理者で、この端末には強すぎます。下のロールだけのアカウントのほうが安全です。
rights-not-looked = ロールはまだ確かめていません。
rights-look = もう一度確かめる
rights-try = 書き込みのロールを試す
rights-try-explained = 空のリクエストを 3 件送ります。サービスは受け付けないため、何も記録されません。
rights-list = 必要なものの一覧（コピー用）
rights-copy = 一覧をコピー
rights-copied = コピーしました
rights-selected = 選択しました：コピーしてください

reader-first-usb = 最初の USB 読み取り機
reader-other = ほかの接続
reader-other-hint = 例：pn532_uart:/dev/ttyUSB0:115200
reader-other-use = 使う
reader-starting = 読み取り機を起動中
reader-up = 読み取り機は準備完了
reader-down = 読み取り機が動いていません
reader-hold = タグを読み取り機にかざしてください
reader-read = 読み取りました：{ $tile }
reader-random = 読み取りましたが、スマートフォンか番号の変わるカードでした。会員には専用のタグが必要です。
reader-count = { $count ->
   *[other] { $shown } 回読み取りました
}

names-title = 画面の名前
names-first = 名のみ
names-first-means = 近くの人には名だけが見えます。
names-full = 氏名
names-full-means = 近くの人には氏名が見えます。
names-none = 表示しない
names-none-means = 画面は名前なしで挨拶します。
offline-title = 通信できないとき
offline-known = 登録済みのタグを保存
offline-known-means = 知っている会員は後で記録し、それ以外の方は受付へご案内します。
offline-all = すべて保存
offline-all-means = 全員を後で記録し、不明なタグはスタッフが確かめます。
offline-none = 保存しない
offline-none-means = 通信が戻るまで誰もチェックインできません。

staff-pin-first = 6～12 桁の PIN を入力してください
staff-pin-again = もう一度入力してください
staff-pin-typed = { $count ->
   *[other] { $shown } 桁
}
staff-pin-backspace = 1 文字消す
staff-pin-enter = 決定
staff-pin-missing = PIN はまだありません
staff-pin-kept = スタッフ用 PIN があります
staff-pin-new = 新しい PIN を設定しました
staff-pin-keep = この PIN を使う
staff-pin-other = 別の PIN にする

test-wait = タグを待っています
test-looking = 調べています
test-member-in = { $name } さんはチェックインになります
test-member-out = { $name } さんはチェックアウトになります
test-a-member-in = この会員はチェックインになります
test-a-member-out = この会員はチェックアウトになります
test-inactive = この会員のアカウントは有効ではないため、受付へご案内します。
test-unknown = このタグの会員は見つかりません。
test-ambiguous = このタグは複数の会員に登録されています。
test-unusable = スマートフォンか番号の変わるカードのため、タグとして使えません。
test-trouble = サービスに問い合わせできませんでした。
tile = タグ { $tile }

summary-change = 変更
summary-rights-all = 必要なものはすべてあります
summary-rights-lacking = { $count ->
   *[other] 必要なロールが { $shown } 件足りません
}
summary-rights-unknown = 未確認のものがあります
summary-nothing = 選ばれていません
summary-tried = タグで確認済み
summary-not-tried = 未確認
summary-overridden = 環境変数の設定が優先されます：{ $keys }

keyboard-open = 画面キーボード
keyboard-hide = キーボードを隠す
keyboard-title = キーボード
keyboard-shift = 大文字
keyboard-backspace = 消す
keyboard-space = 空白
keyboard-letters = 文字
keyboard-symbols = 数字と記号
keyboard-more = ほかの記号
