# 通行金鑰，以及透過公司登入。

passkey-sign-in = 使用通行金鑰登入
passkey-prove = 使用通行金鑰確認
prove-passkey = 請用通行金鑰確認是您本人。
account-passkeys = { $count ->
    [0] 您還沒有通行金鑰：有了它，就能用指紋、臉部或裝置密碼登入，不必輸入帳戶密碼。
   *[other] 您可以用 { $count } 把通行金鑰登入。
}
account-passkeys-manage = 管理通行金鑰
passkey-unable = 通行金鑰需要啟用指令碼，並使用支援的瀏覽器。其他登入方式則不需要。
passkey-failed = 未能完成：裝置沒有解鎖、沒有本網站的通行金鑰，或已逾時。請再試一次。
passkeys-title = 通行金鑰
passkeys-lead = 用指紋、臉部或裝置密碼登入，不必輸入帳戶密碼。用來證明身分的資料不會離開裝置。
passkeys-none = 您還沒有通行金鑰。
passkeys-impossible = 只有以 https 和專屬網域名稱連上本網站時，才能使用通行金鑰。
passkey-label = 通行金鑰的名稱
passkey-label-hint = 方便您辨認，例如「筆電」、「手機」、「鑰匙圈上的金鑰」。
passkey-add = 新增通行金鑰
passkey-added = 新增於{ $date }
passkey-used = 上次使用：{ $date }
passkey-unused = 尚未使用
passkey-remove = 移除
passkey-remove-named = 移除通行金鑰 { $name }
passkey-remove-hint = 在這裡移除後，這把通行金鑰就不能再用來登入。請也在裝置上刪除它。
done-passkey-added = 已新增通行金鑰，現在起可以用它登入。
done-passkey-removed = 已移除通行金鑰。
single-sign-on-link = 透過您的公司登入
single-sign-on-title = 透過您的公司登入
single-sign-on-lead = 由您公司的登入系統告訴我們您是誰。我們不會看到您在那裡使用的密碼。
single-sign-on-button = 繼續
single-sign-on-none = 沒有公司為這個地址設定自己的登入方式。請檢查地址，或改用其他方式登入。
single-sign-on-other = 改用其他方式登入
single-sign-on-going = 您將在 { $host } 登入，然後回到這裡。
single-sign-on-go = 前往
company-sign-in-title = 公司登入
company-sign-in-lead = 讓同仁使用公司提供的帳戶登入（OpenID Connect）。
company-sign-in-redirect = 請在您的身分提供者登記這個重新導向網址
company-sign-in-issuer = 簽發者（Issuer）
company-sign-in-issuer-hint = 身分提供者用來表明自己的網址，以 https 開頭。
company-sign-in-client-id = 用戶端 ID
company-sign-in-secret = 用戶端密鑰
company-sign-in-secret-kept = 已保存，不會再顯示。留空即沿用；更換簽發者或用戶端 ID 時須重新輸入。
company-sign-in-domains = 電子郵件網域
company-sign-in-domains-hint = 每行一個，即 @ 後面的部分。原廠確認網域屬於貴公司後才會生效。
company-sign-in-passwords = 仍可使用密碼
company-sign-in-passwords-hint = 若不勾選，電子郵件屬於已確認網域的同仁只能透過公司登入，或使用通行金鑰。停用密碼之前，請先試過公司登入。
company-sign-in-save = 儲存
company-sign-in-remove = 移除公司登入
company-sign-in-remove-title = 要移除公司登入嗎？
company-sign-in-remove-lead = 同仁將無法再透過公司登入。沒有密碼也沒有通行金鑰的人，須先取得其中一種才能登入。日後重新設定時，網域須再次確認。
company-sign-in-keep = 保留
domain-confirmed = 已確認
domain-waits = 等候原廠確認
done-single-sign-on = 已儲存。
done-single-sign-on-removed = 已移除公司登入。

problem-no-account = 貴公司的登入系統認得您，但您在這裡還沒有帳戶：請管理員邀請您。
    .title = 這裡沒有您的帳戶

problem-email-unverified = 貴公司的登入系統尚未驗證您的地址：請管理員在那裡完成驗證。
    .title = 地址尚未驗證

problem-last-way-in = 這是您唯一的登入方式：請先新增另一把通行金鑰或設定密碼。
    .title = 唯一的登入方式

problem-domain-taken = 網域「{ $value }」屬於另一個組織：請先釐清歸屬。
    .title = 網域已被使用
    .plain = 有網域屬於另一個組織：請先釐清歸屬。

problem-sign-in-over = 這次登入已逾時、已使用過，或是在另一個瀏覽器開始的：請重新登入。
    .title = 登入已失效

problem-invalid-domain = 這不是電子郵件網域：請填寫 @ 後面的部分，例如「example.com」。
    .title = 網域無效

problem-invalid-url = 這個網址無法使用：須以 https 開頭，路徑後面不能有其他內容。
    .title = 網址無效

problem-passkey-refused = 通行金鑰未被接受：請再試一次，或改用其他方式登入。
    .title = 通行金鑰未被接受

problem-provider-failed = 貴公司的登入系統未正常回應：請再試一次；若持續發生，請告知管理員。
    .title = 公司登入失敗

problem-company-sign-in = 這個帳戶由貴公司的登入系統開啟：請透過您的公司登入。
    .title = 請透過公司登入
