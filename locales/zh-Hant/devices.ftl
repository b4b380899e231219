## 隨裝置寄回的退貨單（PDF）

sheet-title = 退貨單
sheet-lead = 請列印此單，並在每一個寄回的箱子裡各放一份。
sheet-rma = RMA 號碼
sheet-order = 示範訂單編號
sheet-carrier = 貨運公司
sheet-customer = 客戶
sheet-partner = 合作夥伴
sheet-device-ends = 裝置借用結束日
sheet-due = 最後退還日
sheet-steps = 如何寄回裝置
sheet-contact = 如有疑問，請洽：{ $contact }
sheet-devices = 應寄回：{ $count } 台裝置
sheet-tick = 裝箱時請逐一勾選。序號須與此處所列相符。
sheet-device = 裝置
sheet-serial = 序號
sheet-received = 已於 { $date } 收到
sheet-page = 第 { $page } 頁，共 { $pages } 頁
