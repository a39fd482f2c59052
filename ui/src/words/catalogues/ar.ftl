# العربية. فصحى مبسطة ومهذبة، بصيغ محايدة قدر الإمكان. "البطاقة" هي البطاقة أو الميدالية أو الملصق الذي يُقرَّب من القارئ.

invitation-up = يرجى تقريب بطاقتك من القارئ
getting-ready = جارٍ التحضير
one-moment-please = لحظة من فضلك
one-moment = لحظة واحدة
see-the-desk = يرجى مراجعة الاستقبال
cannot-store = يتعذّر حفظ التسجيلات
acknowledged = قُرئت البطاقة

headline-checked-in = أهلًا وسهلًا
headline-checked-out = إلى اللقاء
headline-refused = لم يُسجَّل الحضور
headline-unknown-tile = بطاقة غير معروفة
headline-ambiguous-tile = بطاقة مشتركة
headline-unusable-tile = يلزم استخدام بطاقتك
headline-saved = تم الحفظ
headline-unavailable = تعذّر التسجيل
headline-ambiguous-pin = رمز مشترك
nothing-changed = لم يتغيّر شيء

checked-in-at = وقت تسجيل الحضور: { $time }
checked-out-after = سُجّل الانصراف. المدة: { $duration }
here-since = أنت هنا منذ: { $time }

refused-without-reason = لم يُذكر سبب.
refused-inactive = عضويتك غير مفعّلة.
refused-archived = انتهت عضويتك.
refused-already-in = حضورك مسجَّل من قبل.
refused-already-out = انصرافك مسجَّل من قبل.
refused-withheld = يرجى مراجعة الاستقبال.

unknown-tile = هذه البطاقة لا تخص أي عضو، لذلك لم يُسجَّل الحضور.
ambiguous-tile = هذه البطاقة تخص أكثر من عضو، لذلك لم يُسجَّل الحضور.
ambiguous-pin = هذا الرمز يخص أكثر من عضو، لذلك لم يُسجَّل الحضور.
unusable-tile = لا يصلح لذلك هاتف ولا بطاقة من هذا النوع. يرجى تقريب بطاقتك من القارئ.
unusable-place = هذا الملصق يدل على مكان: المسه بهاتفك. لتسجيل الدخول هنا، يرجى تقريب بطاقتك من القارئ.
saved = حُفظ على هذا الجهاز ولم يُتحقَّق منه بعد. سيُسجَّل عند عودة الاتصال.

unavailable-offline = لا يوجد اتصال في الوقت الحالي.
unavailable-signed-out = هذا الجهاز غير متصل بحسابه.
unavailable-queue-full = لا يوجد اتصال، ولا يمكن لهذا الجهاز حفظ المزيد.
unavailable-no-member-data = لم يحمّل هذا الجهاز قائمة الأعضاء بعد.
unavailable-not-permitted = ليست لهذا الجهاز صلاحية تسجيل الحضور.
unavailable-journal = تعذّر على هذا الجهاز حفظ تسجيلك.
unavailable-service = لم تُعطِ خدمة التسجيل ردًّا واضحًا.
unavailable-out-of-order = هذا الجهاز خارج الخدمة.

tile = البطاقة { $tile }
offer-check-in = تسجيل الحضور بدلًا من ذلك
offer-check-out = تسجيل الانصراف بدلًا من ذلك
offer-try-again = إعادة المحاولة
offer-failed = لم ينجح ذلك
out-of-order = خارج الخدمة
being-set-up = يجري إعداد هذا الجهاز

reader-starting = القارئ قيد التشغيل
reader-up = القارئ جاهز
reader-down = القارئ غير موصول
link-connecting = جارٍ الاتصال
link-online = متصل
link-offline = دون اتصال: يُحفظ هنا
link-signed-out = الحساب غير متصل: يرجى إبلاغ الموظفين
offline-without-saving = دون اتصال: يتعذّر التسجيل
waiting = { $count ->
    [zero] { $shown } تسجيل في الانتظار
    [one] تسجيل واحد في الانتظار
    [two] تسجيلان في الانتظار
    [few] { $shown } تسجيلات في الانتظار
    [many] { $shown } تسجيلًا في الانتظار
   *[other] { $shown } تسجيل في الانتظار
}
waiting-since = { $count ->
    [zero] { $shown } تسجيل في الانتظار منذ: { $since }
    [one] تسجيل واحد في الانتظار منذ: { $since }
    [two] تسجيلان في الانتظار منذ: { $since }
    [few] { $shown } تسجيلات في الانتظار منذ: { $since }
    [many] { $shown } تسجيلًا في الانتظار منذ: { $since }
   *[other] { $shown } تسجيل في الانتظار منذ: { $since }
}
needs-staff = { $count ->
    [zero] { $shown } تسجيل يحتاج إلى الموظفين
    [one] تسجيل واحد يحتاج إلى الموظفين
    [two] تسجيلان يحتاجان إلى الموظفين
    [few] { $shown } تسجيلات تحتاج إلى الموظفين
    [many] { $shown } تسجيلًا تحتاج إلى الموظفين
   *[other] { $shown } تسجيل تحتاج إلى الموظفين
}
sign-in-ends-days = { $count ->
    [zero] ينتهي تسجيل الدخول اليوم: على الموظفين تسجيل الدخول مجددًا
    [one] ينتهي تسجيل الدخول خلال يوم واحد: على الموظفين تسجيل الدخول مجددًا
    [two] ينتهي تسجيل الدخول خلال يومين: على الموظفين تسجيل الدخول مجددًا
    [few] ينتهي تسجيل الدخول خلال { $shown } أيام: على الموظفين تسجيل الدخول مجددًا
    [many] ينتهي تسجيل الدخول خلال { $shown } يومًا: على الموظفين تسجيل الدخول مجددًا
   *[other] ينتهي تسجيل الدخول خلال { $shown } يوم: على الموظفين تسجيل الدخول مجددًا
}
sign-in-ends-hours = { $count ->
    [zero] ينتهي تسجيل الدخول قريبًا: على الموظفين تسجيل الدخول مجددًا
    [one] ينتهي تسجيل الدخول خلال ساعة واحدة: على الموظفين تسجيل الدخول مجددًا
    [two] ينتهي تسجيل الدخول خلال ساعتين: على الموظفين تسجيل الدخول مجددًا
    [few] ينتهي تسجيل الدخول خلال { $shown } ساعات: على الموظفين تسجيل الدخول مجددًا
    [many] ينتهي تسجيل الدخول خلال { $shown } ساعة: على الموظفين تسجيل الدخول مجددًا
   *[other] ينتهي تسجيل الدخول خلال { $shown } ساعة: على الموظفين تسجيل الدخول مجددًا
}
not-taken-over = لم تُعتمد الإعدادات الجديدة: على الموظفين مراجعة السجل
storage-fails = يتعذّر حفظ التسجيلات: يرجى إبلاغ الموظفين
clock-behind = ساعة هذا الجهاز متأخرة: { $duration }
clock-ahead = ساعة هذا الجهاز متقدمة: { $duration }

duration-none = أقل من دقيقة
duration-minutes = { $count ->
    [zero] { $shown } دقيقة
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $shown } دقائق
    [many] { $shown } دقيقة
   *[other] { $shown } دقيقة
}
duration-hours = { $count ->
    [zero] { $shown } ساعة
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $shown } ساعات
    [many] { $shown } ساعة
   *[other] { $shown } ساعة
}
duration-hours-and-minutes =
    { $hours ->
        [zero] { $hoursShown } ساعة
        [one] ساعة
        [two] ساعتان
        [few] { $hoursShown } ساعات
        [many] { $hoursShown } ساعة
       *[other] { $hoursShown } ساعة
    } و{ $minutes ->
        [zero] { $minutesShown } دقيقة
        [one] دقيقة
        [two] دقيقتان
        [few] { $minutesShown } دقائق
        [many] { $minutesShown } دقيقة
       *[other] { $minutesShown } دقيقة
    }

passes-left = { $count ->
    [zero] لم تتبقَّ لديك تصاريح
    [one] تبقّى لديك تصريح واحد
    [two] تبقّى لديك تصريحان
    [few] تبقّت لديك { $shown } تصاريح
    [many] تبقّى لديك { $shown } تصريحًا
   *[other] تبقّى لديك { $shown } تصريح
}
minutes-used = المستخدم في هذه الفترة: { $duration }
pay-as-you-go = استُخدم تصريح دفع حسب الاستخدام لهذه الزيارة
present = { $count ->
    [zero] لا أحد هنا الآن
    [one] شخص واحد هنا الآن
    [two] شخصان هنا الآن
    [few] { $shown } أشخاص هنا الآن
    [many] { $shown } شخصًا هنا الآن
   *[other] { $shown } شخص هنا الآن
}
charge-of-some-kind = من دون تصريح تُحتسب الزيارة برسوم
charge = من دون تصريح تُحتسب الزيارة بتعرفة { $name }
charge-with-price = من دون تصريح تُحتسب الزيارة بتعرفة { $name }، { $price }

closed = مغلق
closed-opens = موعد الافتتاح: { $when }
closed-taps-still-work = لا يزال تسجيل الحضور والانصراف متاحًا
renew-here = التجديد من هنا

preferences-open = اللغة
preferences-title = اللغة والعرض
preferences-language = اللغة
preferences-larger-text = تكبير النص
preferences-high-contrast = تباين عالٍ
preferences-speech = قراءة النتيجة بصوت مسموع
preferences-done = تم

pin-open = لا بطاقة معك؟ يمكنك استخدام الرقم السري
pin-title = يرجى إدخال رقمك السري
pin-name = يرجى كتابة اسمك
pin-who-are-you = من أنت؟
pin-nobody = لم يُعثر على أحد بهذا الاسم
pin-pause = يرجى الانتظار قليلًا ثم إعادة المحاولة
pin-wrong = الرقم السري غير صحيح
pin-locked = محاولات كثيرة. مدة الانتظار: { $duration }
pin-backspace = حذف آخر رقم
pin-clear = مسح الكل
pin-enter = تأكيد
pin-cancel = إلغاء

staff-open = الموظفون
staff-pin-title = رمز الموظفين
configuration = الإعدادات { $configuration }

sentence = { $text }.
