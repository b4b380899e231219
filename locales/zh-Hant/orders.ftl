# 訂單（CONV）：時程、記錄與拒絕原因。頁面與電子郵件的文字見 commerce.ftl 與 email.ftl。

milestone-order-reminder = 訂單提醒
    .short = 提醒
    .rule = 訂單尚未設定期間
milestone-order-closes = 訂單結案
    .short = 結案
    .text = 屆時仍無人設定的訂單會結案。試用期間可以再下新的訂單。
    .rule = 下訂單後 30 天

audience-person = 負責設定訂單的 { $count } 位人員

email-kind-order-set-up = 設定您的服務
email-kind-order-reminder = 訂單提醒
email-kind-order-closed = 訂單已結案
email-kind-converted = 服務已購買
email-kind-conversion-handed-over = 轉換已交由經銷商
email-kind-purchase-wanted = 客戶想要購買

event-order-placed = 已下訂單
event-order-redirected = 訂單已再次寄送
event-order-closed = 訂單已結案
event-conversion-handed-over = 轉換已交由經銷商處理
event-purchase-wanted = 客戶想要購買
event-order-bought = 依訂單購買，未經試用
event-organization-founded = 依訂單建立組織

problem-loss-not-yours = 訂單的授權少於使用中的授權。由誰失去授權，須由負責此客戶的合作夥伴或客戶自己決定：請把訂單寄給對方設定，或要求增加訂購數量。
    .title = 須由對方決定

problem-order-open = 此試用已有未完成的訂單：請先完成設定，或將其撤回。
    .title = 已有訂單

problem-no-partner = 目前沒有合作夥伴為貴公司辦理試用：請向原廠詢問可向誰購買。
    .title = 沒有可通知的合作夥伴

problem-unknown-contact = 這個地址不屬於合作夥伴的業務人員，也不屬於客戶的決策者：請填寫合作夥伴的業務管理員或客戶的超級管理員。
    .title = 找不到聯絡人

problem-contact-role = 此人的身分與所選不符：請改選另一種身分，或另選一人。
    .title = 身分不符

problem-not-confirmed = 客戶資料尚未確認：請核對後確認。
    .title = 尚未確認
