### 以圖表呈現的使用量（USE-1）、每日摘要與退信的地址（NOTE-4）。

problem-unknown-customer = 沒有這個客戶，或該客戶既未試用也未購買此服務。
    .title = 不是此服務的客戶
problem-invalid-metric = 請以小寫英文字母、數字與 _ 命名計量項目，以字母開頭，最多 40 個字元：active_users。
    .title = 計量名稱無效
problem-invalid-day = 請以 YYYY-MM-DD 格式輸入日期。
    .title = 日期無效
problem-duplicate-figure = 這筆數據在回報中出現兩次：請只保留一筆。
    .title = 重複回報

scope-usage = 使用量
    .text = 供回報客戶使用量的服務使用：僅限於此。

event-usage-reported = 已回報使用量

## 以圖表呈現的使用量

nav-usage = 使用量
usage-title = 使用量
usage-hint = 最近 30 天。沒有回報的日子留白，並非零。
usage-none = 尚無數據。服務回報第一天的使用量後，就會顯示在這裡。
usage-more = 此頁無法顯示所有計量項目，完整數據可透過 API 讀取。
usage-of = { $service }：{ $metric }
usage-metric-active-users = 活躍使用者
usage-metric-messages = 訊息
usage-metric-meetings = 會議
usage-metric-meeting-minutes = 會議分鐘數
usage-metric-participants = 與會者
usage-metric-calls = 通話
usage-metric-call-minutes = 通話分鐘數
usage-metric-devices = 裝置
chart-about = 最近回報日（{ $date }）為 { $value }，單日最高 { $highest }。
chart-numbers = 數據
chart-day = 日期
chart-value = 數值

## 每日摘要

email-kind-digest = 每日摘要
email-digest-partner =
    .subject = 您有 { $count } 項客戶試用即將到期
    .heading = 您今日的試用
    .lead = 以下試用即將到期，或剛剛到期。
    .next = 請儘早與客戶聯絡，以免服務中斷。您可以將試用轉為訂單，或延長試用。
    .button = 開啟客戶清單
email-why-digest = 您每天收到一次這封郵件，取代個別提醒。您可以在帳戶中變更此設定。
email-digest-ends = { $days ->
    [0] 今天（{ $ends }）到期
    [1] 明天（{ $ends }）到期
   *[other] { $days } 天後（{ $ends }）到期
}
email-digest-ended = 已於{ $ends }到期

account-digest = 每天一封郵件
account-digest-hint = 不再逐一提醒即將到期的試用，而是每天上午 9 點合併成一封郵件。

## Bounced addresses

bounced = 寄到此地址的郵件遭退回
bounced-person = 寄到此地址的郵件遭退回。如果地址有誤，請移除此人員，再以正確的地址重新邀請。只要有郵件送達，這則通知就會消失。
bounced-ours = 客戶的管理員收不到郵件：自{ $date }起，寄到 { $email } 的郵件都遭退回。請更正電子郵件地址。
bounced-theirs = 自{ $date }起，寄給此客戶一位管理員的郵件遭退回。請客戶確認該電子郵件地址。
