# العربية: كلمات الإعداد، بالصيغة المحايدة نفسها.

title = إعداد هذا الجهاز
step-of = الخطوة { $place } من { $all }
step-language = اللغة
step-sign-in = تسجيل الدخول
step-location = الموقع
step-rights = الصلاحيات
step-reader = القارئ
step-policy = الخصوصية والانقطاع
step-staff-pin = رمز الموظفين
step-test-tap = تجربة
step-summary = الملخص

lead-language = يرجى اختيار لغة هذا الجهاز. يمكن للأعضاء التبديل إلى لغتهم.
lead-sign-in = يرجى تسجيل الدخول بالحساب الذي سيستخدمه هذا الجهاز في { $service }.
lead-location = يرجى اختيار الموقع الذي يوجد فيه هذا الجهاز.
lead-rights = هنا يظهر هل لدى الحساب الأدوار التي يحتاجها الجهاز.
lead-reader = يرجى اختيار القارئ ثم تقريب أي بطاقة منه.
lead-policy = يرجى اختيار ما يراه الآخرون وما يحدث دون اتصال.
lead-staff-pin = يحمي الرمز هذه الإعدادات من الأعضاء الذين يجدون الجهاز.
lead-test-tap = يرجى تقريب بطاقة أحد الأعضاء من القارئ. لن يُسجَّل شيء.
lead-summary = يرجى المراجعة مرة أخرى. لن يُحفظ شيء قبل الإنهاء.

missing-sign-in = للمتابعة يرجى تسجيل الدخول.
missing-location = للمتابعة يرجى اختيار موقع.
missing-staff-pin = للمتابعة يرجى اختيار رمز.
missing-summary = ما زال هناك شيء ناقص.

back = رجوع
next = التالي
finish = إنهاء
leave = مغادرة الإعداد
leave-ask = هل تريد المغادرة؟ لن تُحفظ التغييرات التي أُجريت هنا.
leave-yes = مغادرة
leave-no = بقاء
one-moment = لحظة واحدة

problem-sign-in-refused = البريد الإلكتروني أو كلمة المرور أو الرمز غير صحيح.
todo-sign-in-refused = يرجى التحقق من البريد وكتابة كلمة المرور من جديد. وإن كان الحساب يستخدم رمزًا فيرجى كتابته أيضًا.
problem-code-needed = يحتاج هذا الحساب إلى رمز أيضًا.
todo-code-needed = يرجى كتابة كلمة المرور من جديد مع الأرقام الستة من تطبيق المصادقة.
problem-no-api = لا يمكن لهذا الحساب استخدام واجهة API للخدمة.
todo-no-api = يرجى الطلب من المسؤول تفعيل «API access» لهذا المستخدم، أو استخدام حساب آخر.
problem-account-inactive = هذا الحساب غير نشط.
todo-account-inactive = يرجى الطلب من المسؤول تفعيله، أو استخدام حساب آخر.
problem-must-reset-password = يجب أولًا اختيار كلمة مرور جديدة لهذا الحساب.
todo-must-reset-password = يرجى فتح { $service } في متصفح واختيار كلمة مرور جديدة، ثم تسجيل الدخول هنا.
problem-unreachable = لا يوجد اتصال مع { $service }.
todo-unreachable = يرجى التحقق من كابل الشبكة أو الواي فاي ثم المحاولة من جديد.
problem-gateway = لم تُجب الخدمة كما ينبغي.
todo-gateway = إن كانت هذه الشبكة تطلب تسجيل الدخول في صفحة ويب فيرجى القيام بذلك أولًا، وإلا فالانتظار بضع دقائق ثم المحاولة من جديد.
problem-throttled = طلبات كثيرة جدًا على الخدمة في الوقت الحالي.
todo-throttled = يرجى الانتظار دقيقة ثم المحاولة من جديد.
problem-not-permitted = ليس لدى الحساب الدور اللازم لذلك.
todo-not-permitted = يرجى إضافة الأدوار المذكورة في خطوة «الصلاحيات» ثم المحاولة من جديد.
todo-taps-wait = يرجى إبقاء هذا الموقع حتى يكتمل التسجيل ثم تغييره.
problem-pins-differ = الرمزان غير متطابقين.
todo-pins-differ = يرجى كتابة رمز ثم كتابته مرة أخرى.
weak-too-short = هذا الرمز قصير جدًا.
weak-too-long = هذا الرمز طويل جدًا.
weak-not-digits = يتكوّن الرمز من أرقام فقط.
weak-too-simple = هذا الرمز سهل التخمين.
todo-weak = يرجى استخدام 6 إلى 12 رقمًا، دون تسلسل مثل 123456 ودون تكرار رقم واحد.
problem-key-store = لا يمكن حفظ الأسرار على هذا الجهاز الآن.
todo-key-store = يرجى فتح مخزن المفاتيح أو طلب المساعدة من قسم التقنية، ثم المحاولة من جديد.
problem-configuration = لا يمكن كتابة الإعدادات. لم يتغيّر شيء.
todo-configuration = يرجى الطلب من قسم التقنية السماح لـ Tapdesk بكتابة إعداداته، ثم المحاولة من جديد.
problem-failed = لم ينجح ذلك.
todo-failed = يرجى المحاولة مرة أخرى.

sign-in-email = البريد الإلكتروني
sign-in-password = كلمة المرور
sign-in-show-password = إظهار كلمة المرور
sign-in-code = رمز من ستة أرقام
sign-in-code-hint = من تطبيق المصادقة
sign-in-keeps = لا تُحفظ كلمة المرور.
signed-in-as = الحساب المستخدم: { $email }
signed-in = تم تسجيل الدخول
signed-in-kept = منذ الإعداد السابق
sign-in-again = تسجيل الدخول من جديد
sign-in-other = استخدام حساب آخر

location-looking = جارٍ البحث عن المواقع
location-none = لا يرى هذا الحساب أي موقع. يرجى الطلب من المسؤول تعيين موقع له، أو استخدام حساب آخر.
location-waiting = { $count ->
    [zero] لا تسجيلات معلّقة من الموقع السابق ({ $shown }).
    [one] ما زال تسجيل واحد من الموقع السابق في الانتظار.
    [two] ما زال تسجيلان من الموقع السابق في الانتظار.
    [few] ما زالت { $shown } تسجيلات من الموقع السابق في الانتظار.
    [many] ما زال { $shown } تسجيلًا من الموقع السابق في الانتظار.
   *[other] ما زال { $shown } تسجيل من الموقع السابق في الانتظار.
}

rights-needed = لازمة
rights-nice = مفيدة
right-held = متوفر
right-lacking = ناقص
right-unknown = لم يُجرَّب
rights-lacking = ينقص دور لازم. يمكن المتابعة، لكن تسجيل الحضور لن يعمل حتى يحصل الحساب عليه.
rights-administrator = هذا حساب مسؤول كامل، وهو أكثر مما يحتاجه الجهاز. حساب بهذه الأدوار وحدها أكثر أمانًا.
rights-not-looked = لم تُفحص الأدوار بعد.
rights-look = فحص من جديد
rights-try = تجربة أدوار الكتابة
rights-try-explained = تُرسَل ثلاثة طلبات فارغة لا تقبلها الخدمة: لن يُسجَّل شيء.
rights-list = كل ما يلزم، للنسخ
rights-copy = نسخ القائمة
rights-copied = تم النسخ
rights-selected = تم التحديد: يمكن النسخ الآن

reader-first-usb = أول قارئ USB
reader-other = اتصال آخر
reader-other-hint = مثل pn532_uart:/dev/ttyUSB0:115200
reader-other-use = استخدام
reader-starting = القارئ قيد التشغيل
reader-up = القارئ جاهز
reader-down = القارئ لا يعمل
reader-hold = يرجى تقريب أي بطاقة من القارئ
reader-read = تمت القراءة: { $tile }
reader-random = تمت القراءة، لكنه هاتف أو بطاقة يتغيّر رقمها. يحتاج الأعضاء إلى بطاقاتهم.
reader-count = { $count ->
    [zero] لم تُقرأ بعد ({ $shown })
    [one] قُرئت مرة واحدة
    [two] قُرئت مرتين
    [few] قُرئت { $shown } مرات
    [many] قُرئت { $shown } مرة
   *[other] قُرئت { $shown } مرة
}

names-title = الأسماء على الشاشة
names-first = الاسم الأول
names-first-means = يقرأ القريبون من الشاشة الاسم الأول فقط.
names-full = الاسم الكامل
names-full-means = يقرأ القريبون من الشاشة الاسم كاملًا.
names-none = دون اسم
names-none-means = ترحّب الشاشة بالجميع دون ذكر الاسم.
offline-title = دون اتصال
offline-known = حفظ البطاقات المعروفة
offline-known-means = يُسجَّل الأعضاء المعروفون لاحقًا، ويُوجَّه غيرهم إلى الاستقبال.
offline-all = حفظ الكل
offline-all-means = يُسجَّل الجميع لاحقًا، ويتولى الموظفون البطاقات غير المعروفة.
offline-none = عدم الحفظ
offline-none-means = لا يمكن لأحد تسجيل الحضور حتى يعود الاتصال.

staff-pin-first = يرجى كتابة رمز من 6 إلى 12 رقمًا
staff-pin-again = يرجى كتابته مرة أخرى
staff-pin-typed = { $count ->
    [zero] لا أرقام ({ $shown })
    [one] رقم واحد
    [two] رقمان
    [few] { $shown } أرقام
    [many] { $shown } رقمًا
   *[other] { $shown } رقم
}
staff-pin-backspace = حذف آخر رقم
staff-pin-enter = تأكيد
staff-pin-missing = لا يوجد رمز بعد
staff-pin-kept = لدى الموظفين رمز
staff-pin-new = تم تعيين رمز جديد
staff-pin-keep = الإبقاء على الرمز
staff-pin-other = اختيار رمز آخر

test-wait = في انتظار بطاقة
test-looking = جارٍ البحث
test-member-in = سيُسجَّل حضور { $name }
test-member-out = سيُسجَّل انصراف { $name }
test-a-member-in = سيُسجَّل حضور هذا العضو
test-a-member-out = سيُسجَّل انصراف هذا العضو
test-inactive = حساب هذا العضو غير نشط: سيُطلب منه مراجعة الاستقبال.
test-unknown = هذه البطاقة لا تخص أي عضو.
test-ambiguous = هذه البطاقة تخص أكثر من عضو.
test-unusable = هذا هاتف أو بطاقة يتغيّر رقمها: لا يصلح بطاقةً.
test-trouble = تعذّر سؤال الخدمة.
tile = البطاقة { $tile }

summary-change = تغيير
summary-rights-all = لديه كل ما يلزم
summary-rights-lacking = { $count ->
    [zero] لا ينقص دور لازم ({ $shown })
    [one] ينقص دور واحد لازم
    [two] ينقص دوران لازمان
    [few] تنقص { $shown } أدوار لازمة
    [many] ينقص { $shown } دورًا لازمًا
   *[other] ينقص { $shown } دور لازم
}
summary-rights-unknown = لم تُجرَّب كلها
summary-nothing = لم يُختر شيء
summary-tried = تمت التجربة ببطاقة
summary-not-tried = لم تُجرَّب
summary-overridden = محدَّد من بيئة النظام، ولها الأولوية: { $keys }

keyboard-open = لوحة مفاتيح على الشاشة
keyboard-hide = إخفاء لوحة المفاتيح
keyboard-title = لوحة المفاتيح
keyboard-shift = أحرف كبيرة
keyboard-backspace = حذف
keyboard-space = مسافة
keyboard-letters = الأحرف
keyboard-symbols = الأرقام والرموز
keyboard-more = رموز أخرى
