# 日本語。丁寧体。「タグ」は読み取り機にかざすカード・キーホルダー・シールのこと。

invitation-up = タグをかざしてください
getting-ready = 準備中
one-moment-please = 少々お待ちください
one-moment = お待ちください
see-the-desk = 受付へお越しください
cannot-store = 記録を保存できません
acknowledged = 読み取りました

headline-checked-in = ようこそ
headline-checked-out = お疲れさまでした
headline-refused = 未チェックイン
headline-unknown-tile = 未登録のタグ
headline-ambiguous-tile = タグの重複
headline-unusable-tile = 専用タグをご利用ください
headline-saved = 保存済み
headline-unavailable = 記録できません
headline-ambiguous-pin = PINの重複
nothing-changed = 変更なし

checked-in-at = チェックイン：{ $time }
checked-out-after = ご利用時間：{ $duration }
here-since = チェックイン済み：{ $time } から

refused-without-reason = 理由は示されていません。
refused-inactive = 会員資格が有効ではありません。
refused-archived = 会員資格が終了しています。
refused-already-in = すでにチェックインしています。
refused-already-out = すでにチェックアウトしています。
refused-withheld = 受付へお越しください。

unknown-tile = このタグの会員が見つからないため、チェックインしていません。
ambiguous-tile = このタグは複数の会員に登録されているため、チェックインしていません。
ambiguous-pin = このPINは複数の会員に登録されているため、チェックインしていません。
unusable-tile = スマートフォンやこのカードは使えません。お渡ししたタグをかざしてください。
unusable-place = このシールは場所を表します。スマートフォンでかざしてください。ここでは、お渡ししたタグをかざしてください。
saved = この端末に保存しました。まだ確認されていません。接続が戻りしだい記録します。

unavailable-offline = 現在、接続がありません。
unavailable-signed-out = この端末はサインアウトしています。
unavailable-queue-full = 接続がなく、この端末にはこれ以上保存できません。
unavailable-no-member-data = この端末は会員リストをまだ読み込んでいません。
unavailable-not-permitted = この端末にはチェックインを記録する権限がありません。
unavailable-journal = この端末に記録を保存できませんでした。
unavailable-service = チェックインサービスから明確な応答がありませんでした。
unavailable-out-of-order = この端末は故障中です。

tile = タグ { $tile }
offer-check-in = チェックインする
offer-check-out = チェックアウトする
offer-try-again = もう一度試す
offer-failed = うまくいきませんでした
out-of-order = 故障中
being-set-up = この端末は設定中です

reader-starting = 読み取り機を起動中
reader-up = 読み取り機：準備完了
reader-down = 読み取り機：未接続
link-connecting = 接続中
link-online = 接続済み
link-offline = オフライン：端末に保存します
link-signed-out = サインアウト中：スタッフへ
offline-without-saving = オフライン：記録できません
waiting = { $count ->
   *[other] { $shown } 件が送信待ち
}
waiting-since = { $count ->
   *[other] { $shown } 件が送信待ち（{ $since } から）
}
needs-staff = { $count ->
   *[other] { $shown } 件はスタッフの確認が必要
}
sign-in-ends-days = { $count ->
   *[other] サインインはあと{ $shown }日で切れます：スタッフは再サインインを
}
sign-in-ends-hours = { $count ->
   *[other] サインインはあと{ $shown }時間で切れます：スタッフは再サインインを
}
not-taken-over = 新しい設定は反映されていません：スタッフはログを確認
storage-fails = 記録を保存できません：スタッフへ
clock-behind = この端末の時計が遅れています：{ $duration }
clock-ahead = この端末の時計が進んでいます：{ $duration }

duration-none = 1 分未満
duration-minutes = { $shown } 分
duration-hours = { $shown } 時間
duration-hours-and-minutes = { $hoursShown } 時間 { $minutesShown } 分

passes-left = { $count ->
    [0] パスの残りはありません
   *[other] パスの残り：{ $shown } 回
}
minutes-used = 今期のご利用：{ $duration }
pay-as-you-go = 今回は都度払いのパスを使用しました
present = { $count ->
   *[other] 現在 { $shown } 名が利用中
}
charge-of-some-kind = パスがない場合は料金がかかります
charge = パスがない場合は「{ $name }」の料金がかかります
charge-with-price = パスがない場合は「{ $name }」の料金（{ $price }）がかかります

closed = 営業時間外
closed-opens = 営業開始：{ $when }
closed-taps-still-work = チェックインとチェックアウトはできます
renew-here = 更新はこちら

preferences-open = 言語
preferences-title = 言語と表示
preferences-language = 言語
preferences-larger-text = 文字を大きく
preferences-high-contrast = ハイコントラスト
preferences-speech = 結果を読み上げる
preferences-done = 完了

pin-open = タグがない場合は PIN で
pin-title = PIN を入力してください
pin-name = お名前を入力してください
pin-who-are-you = どなたですか？
pin-nobody = 該当する方が見つかりません
pin-pause = しばらく待ってから、もう一度お試しください
pin-wrong = PIN が正しくありません
pin-locked = 試行回数の上限です。お待ちください：{ $duration }
pin-backspace = 1 文字消す
pin-clear = すべて消す
pin-enter = 決定
pin-cancel = キャンセル

staff-open = スタッフ
staff-pin-title = スタッフ用 PIN
configuration = 構成 { $configuration }

sentence = { $text }。
