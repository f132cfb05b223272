// SPDX-License-Identifier: Apache-2.0
import type { Translation } from "../dictionary";
import type { common as original } from "../en/common";

export const common: Translation<typeof original> = {
  loading: "جارٍ التحميل…",
  close: "إغلاق",
  cancel: "إلغاء",
  save: "حفظ",
  saved: "تم الحفظ.",
  edit: "تعديل",
  remove: "إزالة",
  back: "رجوع",
  more: "المزيد",
  copy: "نسخ",
  copied: "تم النسخ.",
  try_again: "إعادة المحاولة",
  "part.title": "هناك شيء ناقص",
  "part.unreachable": "تعذّر جلب هذا الجزء من الصفحة. تحقق من الشبكة ثم أعد المحاولة.",
  "part.outdated": "لدى الخادم إصدار جديد من هذه الصفحة. حمّله للمتابعة.",
  "part.reload": "تحميل الإصدار الجديد",
  show_more: "عرض المزيد",
  none: "لا شيء",
  yes: "نعم",
  no: "لا",
  you: "أنت",
  "skip.main": "الانتقال إلى المحادثة",

  "field.show_password": "إظهار كلمة المرور",

  "date.today": "اليوم",
  "date.yesterday": "أمس",
  "date.now": "الآن",
};
