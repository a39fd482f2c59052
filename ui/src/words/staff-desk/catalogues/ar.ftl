# العربية: كلمات مكتب الموظفين، بالصيغة المحايدة نفسها.
# Long because Arabic has six plural forms.

title = مكتب الموظفين
one-moment = لحظة من فضلك
no-answer = لا يجيب المكتب. سيُعاد السؤال بعد لحظة.
lock = العودة إلى الكشك
set-up = الإعداد
set-up-ask = هل تريد فتح الإعداد؟ يتوقف الكشك خلال ذلك.
set-up-yes = فتح الإعداد
end-kiosk = إنهاء الكشك
end-kiosk-means = للعمل على الجهاز الذي خلفه فقط.
end-kiosk-ask = هل تريد إنهاء الكشك؟ لن تُقرأ أي بطاقة حتى يُشغَّل من جديد أو يُعاد تشغيل الجهاز اللوحي. ويكون الجهاز الذي خلفه عندئذ مفتوحًا لكل من يقف هنا.
cancel = إلغاء
close = إغلاق
again = إعادة المحاولة
refresh = تحديث
older = عرض الأقدم
loading = جارٍ التحميل
none = لا شيء
print = طباعة
export = حفظ بصيغة CSV
exported = { $count ->
    [zero] حُفظ { $shown } صف: { $path }
    [one] حُفظ صف واحد ({ $shown }): { $path }
    [two] حُفظ صفان ({ $shown }): { $path }
    [few] حُفظت { $shown } صفوف: { $path }
    [many] حُفظ { $shown } صفًا: { $path }
   *[other] حُفظ { $shown } صف: { $path }
}
exported-part = العدد الكلي { $all }: حُفظت الأولى فقط.
exported-names = يحتوي الملف على أسماء. يُرجى حذفه عند انتهاء الحاجة إليه.
locks-in = يُقفل بعد { $duration }. المس الشاشة للبقاء.
at-the-door = عند الباب
lacking = أدوار تنقص الحساب: { $roles }
waiting = { $count ->
    [zero] { $shown } تسجيل في الانتظار
    [one] تسجيل واحد في الانتظار ({ $shown })
    [two] تسجيلان في الانتظار ({ $shown })
    [few] { $shown } تسجيلات في الانتظار
    [many] { $shown } تسجيلًا في الانتظار
   *[other] { $shown } تسجيل في الانتظار
}
needs-staff = { $count ->
    [zero] { $shown } تسجيل يحتاج إلى الموظفين
    [one] تسجيل واحد يحتاج إلى الموظفين ({ $shown })
    [two] تسجيلان يحتاجان إلى الموظفين ({ $shown })
    [few] { $shown } تسجيلات تحتاج إلى الموظفين
    [many] { $shown } تسجيلًا يحتاج إلى الموظفين
   *[other] { $shown } تسجيل يحتاج إلى الموظفين
}
since = منذ { $time }
until = حتى { $time }
member-number = العضو { $number }
tile = البطاقة { $tile }

tab-failures = المحاولات الفاشلة
tab-overview = نظرة عامة
tab-health = حالة الكشك
tab-log = سجل الإجراءات
link-connecting = جارٍ الاتصال
link-online = متصل
link-offline = بلا اتصال
link-signed-out = انتهت الجلسة
verdict-checked-in = سُجّل الحضور
verdict-checked-out = سُجّل الانصراف
verdict-refused = لم يُسجَّل الحضور
verdict-unknown-tile = بطاقة غير معروفة
verdict-ambiguous-tile = بطاقة مشتركة
verdict-unusable-tile = بطاقة غير صالحة للاستخدام
verdict-saved = محفوظ
verdict-unavailable = لم يُسجَّل
source-0 = بلا مصدر
source-1 = يدويًا
source-2 = الباب
source-3 = الشبكة
source-4 = البطاقة
source-5 = مستشعر
source-other = المصدر { $number }

preset-today = اليوم
preset-week = 7 أيام
preset-unknown = بطاقات غير معروفة
preset-member = { $name } فقط
preset-all = الكل
filters = التصفية
filters-show = عرض
filters-clear = مسح كل عوامل التصفية
field-attempted = الوقت
field-attempted-local = الوقت المحلي للمحاولة
field-created = وقت التسجيل
field-updated = وقت التعديل
field-coworker = رقم العضو
field-member = العضو
field-location = الموقع
field-source = المصدر
field-mac-addresses = عناوين MAC
field-teams = الفرق
field-tariff = الخطة
field-description = السبب
field-tile = البطاقة
field-kind = النوع
field-key = الرقم
span-any = أي وقت
span-today = اليوم
span-week = آخر 7 أيام
span-month = آخر 30 يومًا
span-between = من … إلى …
span-days = الأيام
from = من
to = إلى
any = أي
sort-by = ترتيب حسب
ascending = الأصغر أولًا
descending = الأكبر أولًا
failures-count = { $count ->
    [zero] { $shown } محاولة فاشلة
    [one] محاولة فاشلة واحدة ({ $shown })
    [two] محاولتان فاشلتان ({ $shown })
    [few] { $shown } محاولات فاشلة
    [many] { $shown } محاولة فاشلة
   *[other] { $shown } محاولة فاشلة
}
failures-new = { $count ->
    [zero] { $shown } جديد: عرض
    [one] واحدة جديدة ({ $shown }): عرض
    [two] اثنتان جديدتان ({ $shown }): عرض
    [few] { $shown } جديدة: عرض
    [many] { $shown } جديدة: عرض
   *[other] { $shown } جديدة: عرض
}
failures-changed = تغيّرت القائمة: عرض
failures-none = لا محاولات فاشلة هنا
failures-none-hint = جرّب مدة أطول أو عوامل تصفية أقل.
failures-hidden = { $count ->
    [zero] تُرك { $shown } سجل: الخدمة لا تراعي أحد عوامل التصفية.
    [one] تُرك سجل واحد ({ $shown }): الخدمة لا تراعي أحد عوامل التصفية.
    [two] تُرك سجلان ({ $shown }): الخدمة لا تراعي أحد عوامل التصفية.
    [few] تُركت { $shown } سجلات: الخدمة لا تراعي أحد عوامل التصفية.
    [many] تُرك { $shown } سجلًا: الخدمة لا تراعي أحد عوامل التصفية.
   *[other] تُرك { $shown } سجل: الخدمة لا تراعي أحد عوامل التصفية.
}
failures-unreadable = { $count ->
    [zero] تعذرت قراءة { $shown } سجل.
    [one] تعذرت قراءة سجل واحد ({ $shown }).
    [two] تعذرت قراءة سجلين ({ $shown }).
    [few] تعذرت قراءة { $shown } سجلات.
    [many] تعذرت قراءة { $shown } سجلًا.
   *[other] تعذرت قراءة { $shown } سجل.
}
failures-local-only = يُعرض فقط ما يعرفه هذا الكشك.
kind-failed-checkin = تسجيل حضور فاشل
kind-needs-staff = يحتاج إلى الموظفين
kind-unusable-tile = بطاقة غير صالحة للاستخدام
kiosk-only = هذا الكشك فقط
nobody = لا أحد معروف
no-reason = لم يُذكر سبب

happened = ما الذي حدث
reading = قراءتنا
reading-means = استنتج Tapdesk هذا مما هو معروف الآن. الخدمة لم تقله.
member = العضو
passes = التصاريح
open-checkins = حاضر الآن
recorded = كل ما هو مسجَّل
acts = ما يمكن فعله
only-this-member = هذا العضو فقط
no-plan = بلا خطة
member-active = نشط
member-inactive = غير نشط
member-archived = مؤرشف
pass-valid = صالح
pass-used = مستنفد
pass-expired = منتهٍ
pass-cancelled = ملغى
pass-elsewhere = لموقع آخر
pass-other = غير صالح الآن
pass-some = تصريح
pass-uses = بقي { $remaining } من { $all }
pass-left = بقي { $remaining }
pass-pay-as-you-go = الدفع لكل زيارة

reading-unknown-tile = هذه البطاقة لا تخص أي عضو.
reading-ambiguous-tile = هذه البطاقة تخص أكثر من عضو.
reading-unusable-tile = هاتف، أو بطاقة تُظهر رقمًا مختلفًا كل مرة: لا تدل على أحد.
reading-tile-linked-since = البطاقة تخص الآن { $name }.
reading-not-active = العضو غير نشط.
reading-archived = العضو مؤرشف.
reading-changed-since = عُدّل سجل العضو بعد المحاولة: { $time }.
reading-no-pass-no-plan = لم يكن للعضو أي تصريح، وليست له خطة.
reading-no-pass = للعضو الخطة { $plan }، لكن بلا تصريح.
reading-passes-used-up = كل التصاريح مستنفدة.
reading-passes-used-up-at = كل التصاريح مستنفدة، آخرها: { $time }.
reading-passes-expired = انتهى آخر تصريح: { $time }.
reading-passes-cancelled = أُلغيت التصاريح.
reading-passes-elsewhere = التصاريح لموقع آخر.
reading-pass-valid-now = يوجد تصريح صالح الآن: بدأ لاحقًا، أو السبب غيره.
reading-pass-valid-now-named = التصريح { $name } صالح الآن: بدأ لاحقًا، أو السبب غيره.
reading-plan-changed = كانت الخطة { $before } وهي الآن { $after }.
reading-already-in = كان العضو حاضرًا بالفعل، منذ { $time }.
reading-came-in-since = حضر العضو لاحقًا: { $time }.
reading-closed = كان الموقع مغلقًا في ذلك الوقت.
reading-repeated = { $count ->
    [zero] { $shown } محاولة خلال يوم.
    [one] محاولة واحدة ({ $shown }) خلال يوم.
    [two] محاولتان ({ $shown }) خلال يوم.
    [few] { $shown } محاولات خلال يوم.
    [many] { $shown } محاولة خلال يوم.
   *[other] { $shown } محاولة خلال يوم.
}
reading-not-known = ما هو معروف لا يبيّن السبب.

act-check-in = تسجيل الحضور يدويًا
act-close-checkin = إنهاء الحضور
act-link-tile = ربط البطاقة بعضو
act-correct = تصحيح السجل
act-retry = التسجيل مرة أخرى
act-dismiss = لا يلزم شيء آخر
act-lacking = غير ممكن بهذا الحساب: ينقص الدور { $role }.
note = ملاحظة
note-means = تُحفظ على هذا الكشك فقط.
when = متى
when-now = الآن
when-at = في وقت محدد
search = البحث عن عضو
search-none = لم يُعثر على أحد.
search-hint = اكتب حرفين على الأقل من الاسم.
choose-other = اختيار آخر
field-to-write = كتابة البطاقة في
tile-field-access-card = البطاقة (AccessCardId)
tile-field-key-fob = ميدالية المفاتيح (KeyFobNumber)
correct-reason = سبب جديد
correct-hint = اترك ما لا يتغير فارغًا.
why = لماذا
dismiss-recorded-by-hand = سُجّل يدويًا
dismiss-already-recorded = مسجَّل بالفعل
dismiss-did-not-enter = لم يدخل
dismiss-test = تجربة
dismiss-other = سبب آخر
look = متابعة
back = رجوع
confirm = تأكيد
confirm-title = يُرجى النظر مرة أخرى
will-write = سيُكتب ما يلي
writes-nothing = لا يُكتب شيء في الخدمة.
property = الخاصية
before = قبل
after = بعد
empty = فارغ
undoable = يمكن التراجع عنه لاحقًا.
not-undoable = لا يمكن التراجع عنه.
not-possible = لا يمكن ذلك على هذا الحال.
working = جارٍ التنفيذ. يُرجى الانتظار.
done = تم
done-source = حفظت الخدمة المصدر: { $source }.
undo = تراجع
undone = تم التراجع
warning-already-in = العضو حاضر بالفعل، منذ { $time }.
warning-not-active = العضو غير نشط.
warning-may-be-charged = لا تصريح صالح: قد تُحتسب الزيارة بأجر.
warning-tile-taken = { $name } لديه هذه البطاقة.
warning-tile-theirs = هذه البطاقة لدى العضو بالفعل.
warning-replaces-tile = ستُستبدل بطاقة أخرى للعضو.
warning-tap-waits = ما زال تسجيل لهذا العضو في الانتظار.
warning-tile-not-checked = تعذر سؤال الخدمة عن صاحب هذه البطاقة.
warning-already-closed = أُنهي الحضور في هذه الأثناء: { $time }.

problem-not-permitted = ينقص الحساب الدور { $role }.
todo-not-permitted = اطلب من أحد المسؤولين إضافته.
problem-unreachable = لا يمكن الاتصال بالخدمة.
todo-unreachable = تحقق من الشبكة، ثم أعد المحاولة.
problem-throttled = الطلبات إلى الخدمة كثيرة جدًا الآن.
todo-throttled = انتظر دقيقة، ثم أعد المحاولة.
problem-signed-out = لم تعد الخدمة تعرف هذا الكشك.
todo-signed-out = سجّل الدخول من الإعداد.
problem-gateway = لم تُجب الخدمة كما ينبغي.
todo-gateway = انتظر بضع دقائق، ثم أعد المحاولة.
problem-refused = لم تقبل الخدمة ذلك.
todo-refused = اقرأ ما تقوله، وغيّر ما تطلبه.
problem-gone = لم يعد السجل موجودًا.
todo-gone = انظر إلى القائمة مرة أخرى.
problem-changed = غيّره أحدهم في هذه الأثناء.
todo-changed = انظر مرة أخرى، ثم قرر من جديد.
problem-unknown = لا أحد يعرف هل نُفّذ.
todo-unknown = انظر إلى سجل العضو وسجل الإجراءات قبل إعادة المحاولة.
problem-storage = لا يستطيع هذا الكشك حفظه، لذلك لم يُفعل شيء.
todo-storage = انظر إلى حالة الكشك.
problem-invalid = لا يمكن طلب ذلك.
todo-invalid = غيّر ما كتبته، ثم أعد المحاولة.
problem-ended = انتهى المكتب.
todo-ended = عُد إلى الكشك وافتح المكتب من جديد.
problem-failed = لم ينجح ذلك.
todo-failed = يُرجى إعادة المحاولة.

chart-failures-by-reason = المحاولات الفاشلة حسب السبب
chart-failures-by-hour = المحاولات الفاشلة حسب الساعة
chart-arrivals-by-hour = القدوم حسب الساعة
chart-checkins-by-source = الحضور حسب المصدر
chart-unknown-tiles-by-day = البطاقات غير المعروفة حسب اليوم
hour = الساعة
minute = الدقيقة
day = اليوم
count = العدد
name = الاسم
since-when = منذ
show-table = كجدول
counted = أُحصي { $counted } من { $all }: الأحدث.
nothing-counted = لا شيء في هذه المدة.
present-none = لا أحد حاضر.
present-count = { $count ->
    [zero] { $shown } حاضر الآن
    [one] واحد حاضر الآن ({ $shown })
    [two] اثنان حاضران الآن ({ $shown })
    [few] { $shown } حاضرين الآن
    [many] { $shown } حاضرًا الآن
   *[other] { $shown } حاضر الآن
}
present-filter = البحث عن اسم

state-good = جيد
state-attention = يحتاج إلى نظر
state-problem = مشكلة
health-reader = القارئ
health-reader-good = يقرأ البطاقات.
health-reader-attention = يبدأ العمل. إن طال ذلك، افصل القابس ثم أعده.
health-reader-problem = لا يعمل. افصل القابس ثم أعده؛ وإن لم ينفع، فاختره في الإعداد.
health-link = الاتصال
health-link-good = الخدمة تجيب.
health-link-attention = يجري البحث عن الخدمة. تُحفظ التسجيلات خلال ذلك.
health-link-problem = لا يمكن الاتصال بالخدمة. تحقق من الشبكة؛ تُحفظ التسجيلات وفق الإعداد.
health-sign-in = تسجيل الدخول
health-sign-in-good = الكشك مسجَّل الدخول.
health-sign-in-attention = ينتهي تسجيل الدخول قريبًا. سجّل الدخول من جديد من الإعداد.
health-sign-in-problem = انتهت الجلسة. سجّل الدخول من الإعداد.
health-clock = الساعة
health-clock-good = متوافقة مع ساعة الخدمة.
health-clock-attention = مختلفة عن ساعة الخدمة. اطلب من قسم التقنية ضبط الوقت عبر الشبكة.
health-clock-problem = الفرق كبير، فالأوقات خاطئة. اطلب من قسم التقنية ضبط الوقت عبر الشبكة.
health-queue = التسجيلات المنتظرة
health-queue-good = لا شيء ينتظر طويلًا.
health-queue-attention = توجد تسجيلات منتظرة. تُرسل تلقائيًا عند عودة الاتصال.
health-queue-problem = تسجيلات تنتظر طويلًا. تحقق من الاتصال، ثم من تسجيل الدخول.
health-needs-staff = تسجيلات للموظفين
health-needs-staff-good = لا شيء يحتاج إليك.
health-needs-staff-attention = انظر إليها في قائمة المحاولات الفاشلة.
health-needs-staff-problem = الكثير يحتاج إليك. انظر إليها في قائمة المحاولات الفاشلة.
health-storage = التخزين
health-storage-good = يمكن حفظ التسجيلات.
health-storage-attention = المساحة قليلة. اطلب من قسم التقنية توفير مساحة على هذا الجهاز.
health-storage-problem = لا يمكن حفظ التسجيلات. اطلب من قسم التقنية فحص القرص ومخزن المفاتيح.
health-budget = الطلبات إلى الخدمة
health-budget-good = أقل بكثير مما تسمح به الخدمة.
health-budget-attention = قريبة مما تسمح به الخدمة. قلّل التصفية والتحديث لمدة دقيقة.
health-budget-problem = بقدر ما تسمح به الخدمة. انتظر دقيقة.
health-configuration = الإعدادات
health-configuration-good = الأحدث هي المستخدمة.
health-configuration-attention = لم تُعتمد إعدادات جديدة. اطلب من قسم التقنية النظر فيها.
health-configuration-problem = لا يمكن استخدامها. اطلب من قسم التقنية النظر فيها.
health-rights = الأدوار
health-rights-good = للحساب الأدوار اللازمة.
health-rights-attention = تنقص بعض الأدوار. اطلب من أحد المسؤولين إضافتها.
health-rights-problem = تنقص أدوار لا يُسجَّل شيء بدونها. اطلب من أحد المسؤولين إضافتها.
health-update = التحديثات
health-update-good = الإصدار الأحدث هو المستخدم.
health-update-attention = يوجد تحديث جاهز. يُثبَّت تلقائيًا، ويغيب الكشك عندها للحظة.
health-update-problem = تعذّر تثبيت تحديث، والكشك يعمل بالإصدار السابق. اطلب من قسم التقنية النظر في ذلك.
update-by-hand = يوجد تحديث جاهز. اطلب من قسم التقنية تثبيته.
update-when = موعد التثبيت: { $time }
health-fleet = ملف الأسطول
health-fleet-good = أحدث ملف مخصّص لهذا الكشك هو المستخدم.
health-fleet-attention = أحدث ملف غير مستخدم هنا، والكشك يواصل بما لديه. اطلب من قسم التقنية النظر في ذلك.
health-fleet-problem = أحدث ملف لم يعمل هنا، وأُعيد الملف السابق. اطلب من قسم التقنية النظر في ذلك.
fleet-looked = آخر اطّلاع: { $time }
figure-version = الإصدار { $number }
latency = كم يستغرق التسجيل
latency-part = الجزء
latency-taps = التسجيلات
latency-p50 = نصفها
latency-p95 = 95 من 100
latency-p99 = 99 من 100
latency-max = الأطول
part-reader = القارئ
part-engine = Tapdesk
part-service = الخدمة
part-paint = الشاشة
part-whole = من البطاقة إلى النتيجة
versions = الإصدارات
configuration = الإعدادات
key = الإعداد
value = القيمة
origin = من أين
origin-default = افتراضي
running = يعمل منذ { $time }
as-of = في { $time }
recorder = آخر ما حدث
recorder-from = حتى
recorder-kinds = الأنواع
recorder-newest = الأحدث
recorder-none = لا شيء هنا.
happening-acknowledged = قراءة بطاقة
happening-verdict = النتيجة
happening-reader = القارئ
happening-link = الاتصال
happening-queue = قائمة الانتظار
happening-storage = التخزين
happening-clock = الساعة
happening-configuration = الإعدادات
happening-began = البداية
works = يعمل
works-not = لا يعمل
revised = خبر لاحق
clock-agrees = الساعتان متوافقتان
clock-ahead = الخدمة متقدمة بمقدار { $duration }
clock-behind = الخدمة متأخرة بمقدار { $duration }
taken = اعتُمدت
taken-not = لم تُعتمد

audit-unknown = لا أحد يعرف كيف انتهى
audit-done = تم
audit-failed = لم يُنفَّذ
audit-undone = تم التراجع
audit-number = رقم { $number }
audit-none = لم يُفعل شيء هنا بعد.
audit-record = السجل { $number }
audit-broken = تغيّر السجل: الرقم { $number }، أو سطر قبله، ليس كما كُتب. أخبر المسؤول عن هذا الكشك.
undo-ask = هل تريد التراجع عن هذا؟

keyboard-open = لوحة مفاتيح على الشاشة
keyboard-hide = إخفاء لوحة المفاتيح
keyboard-title = لوحة المفاتيح
keyboard-shift = أحرف كبيرة
keyboard-backspace = حذف
keyboard-space = مسافة
keyboard-letters = الأحرف
keyboard-symbols = الأرقام والرموز
keyboard-more = رموز أخرى
