# 個人帳戶與登入方式。

label-name = 您的姓名
label-code = 驗證碼
label-current = 目前的密碼
label-new-password = 新密碼
label-token = 用途
label-scopes = 可以做什麼
label-days = 幾天後到期
label-secret = 權杖

menu-account = 我的帳戶

sign-in-forgot = 還沒有密碼，或忘記密碼了？

done-account-saved = 已儲存。
done-password-changed = 密碼已變更，其他裝置上的登入都已結束。
done-code-removed = 之後登入不再需要驗證碼。
done-session-ended = 該次登入已結束。
done-signed-out-others = 其他裝置上的登入都已結束。
done-token-ended = 權杖已失效。
done-link-sent = 新的連結已寄往帳戶的電子郵件地址。

code-title = 輸入驗證碼
code-lead = 除了密碼，您的帳戶還需要驗證碼。
code-hint = 驗證器應用程式顯示的六位數字，或您的任一組備用碼。
code-lost = 手邊沒有應用程式，也沒有備用碼嗎？請向您的管理員求助。

forgot-title = 設定新密碼
forgot-lead = 我們會寄給您一個連結，讓您重新設定密碼。
forgot-button = 寄送連結
forgot-back = 返回登入
forgot-sent = 請查看您的信箱
forgot-sent-lead = 如果這個地址有可登入的帳戶，連結已在寄送途中，一小時內有效。
forgot-sent-hint = 幾分鐘後仍未收到？請查看垃圾郵件，並確認地址是否正確。

door-invitation = 歡迎
door-invitation-lead = { $company }已為您開立帳戶。設定密碼後即可開始使用。
door-welcome = 歡迎使用試用服務
door-welcome-lead = 您是{ $company }試用的管理員。設定密碼後即可開始使用。
door-reset = 設定新密碼
door-reset-lead = 適用於您在{ $company }的帳戶。設定後，其他裝置上的登入都會結束。
door-button = 儲存並登入
door-used = 此連結已使用過
door-used-lead = 這類連結只能使用一次。如果是您本人，請用您設定的密碼登入。
door-superseded = 較新的郵件已取代此連結
door-superseded-lead = 請使用最新郵件中的連結，或直接登入。
door-expired = 此連結已過期
door-expired-lead = 我們可以將新的連結寄到帳戶的電子郵件地址。
door-again = 寄給我新的連結

prove-title = 確認是您本人
prove-lead = 接下來的操作很重要，請再輸入一次密碼。
prove-otherwise = 接下來的操作很重要，請再登入一次。
prove-again = 改為重新登入

password-title = 變更密碼
password-lead = 變更後，其他裝置上的登入都會結束；權杖仍可使用。
password-hint = 至少 8 個字元，種類不限；用幾個詞組成最好記。
password-change = 變更密碼
password-set = 設定密碼

account-title = 我的帳戶
account-profile = 關於您
account-who = 您的帳戶
account-company = 公司
account-roles = 角色
account-language = 語言
account-language-hint = 頁面與郵件使用的語言。
account-zone-hint = 日期與時間以此時區顯示。
account-password = 您使用密碼登入。
account-no-password = 您尚未設定密碼。
account-code = 一次性驗證碼
account-code-on = 每次以密碼登入時，都需要應用程式的驗證碼。您還有 { $count } 組備用碼。
account-code-off = 有了手機應用程式的驗證碼，即使密碼外洩，別人也無法登入您的帳戶。
account-code-set-up = 設定驗證碼
account-code-manage = 管理備用碼或停用
account-sessions = 登入中的裝置
account-sessions-hint = 有不認得的裝置？請將它登出，並變更密碼。
account-tokens = 權杖
account-tokens-hint = 程式可以憑權杖執行您有權執行的操作。

session-device = { $platform } 上的 { $browser }
session-unknown = 未知的瀏覽器
session-since = { $how }，{ $date }
session-seen = 上次使用：{ $date }
session-current = 您目前使用的裝置
session-end = 登出
session-end-others = 登出其他所有裝置
session-end-all = 登出所有裝置
session-by-password = 以密碼登入
session-by-password-and-code = 以密碼與驗證碼登入
session-by-passkey = 以通行金鑰登入
session-by-single-sign-on = 以貴公司的登入系統登入
session-by-door = 以郵件連結登入
session-by-demo = 示範登入

code-set-title = 設定驗證碼
code-set-lead = 在手機上開啟驗證器應用程式，掃描此圖，再輸入它顯示的驗證碼。
code-set-picture = 供驗證器應用程式掃描的 QR 碼；下方的金鑰內容相同。
code-set-key = 無法掃描？請在應用程式中輸入此金鑰
code-set-hint = 六位數字。設定後，其他裝置上的登入都會結束。
code-set-button = 啟用驗證碼
code-use-title = 您的一次性驗證碼
code-remove = 停用驗證碼
code-remove-lead = 停用後只需密碼即可登入。若要換手機，請先停用再重新設定。
code-remove-button = 停用驗證碼

recovery-title = 您的備用碼
recovery-lead = 手機遺失時，每組備用碼可代替應用程式的驗證碼一次。
recovery-once = 備用碼只在此刻顯示一次。請列印，或存入密碼管理工具。
recovery-kept = 我已保存
recovery-renew = 產生新的備用碼
recovery-renew-lead = 現有的備用碼將失效。
recovery-renew-button = 顯示新的備用碼

token-title = 建立權杖
token-lead = 持有權杖的程式會以您的名義操作，請只給予必要的權限。
token-label-hint = 方便日後辨認，例如程式名稱。
token-days-hint = 最多 { $most } 天。請在到期前建立新的權杖。
token-made-title = 您的權杖
token-made-lead = 用途：{ $label }。請立即複製到程式中。
token-once = 權杖只在此刻顯示一次。任何持有者都能以您的名義操作。
token-kept = 我已複製
token-end = 終止
token-ends = 到期：{ $date }
token-no-end = 不會自動到期
token-used = 上次使用：{ $date }
token-unused = 尚未使用

scope-read = 讀取
    .text = 查看您看得到的內容，不做任何變更。
scope-provisioning = 佈建
    .text = 供佈建服務的系統使用：僅可讀取並回覆其要求。
scope-trials = 試用
    .text = 讀取，並建立或變更試用與客戶。
scope-people = 人員
    .text = 讀取，並變更人員、合作夥伴與存取權。
scope-all = 全部
    .text = 您有權執行的所有操作，包括管理權杖。
