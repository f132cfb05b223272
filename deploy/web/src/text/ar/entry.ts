// SPDX-License-Identifier: Apache-2.0
import type { Translation } from "../dictionary";
import type { entry as original } from "../en/entry";

export const entry: Translation<typeof original> = {
  "entry.tagline": "على IRC دائمًا، ومن جميع أجهزتك.",
  "entry.email": "البريد الإلكتروني",
  "entry.password": "كلمة المرور",
  "entry.new_password": "كلمة المرور الجديدة",
  "entry.password_hint": "عشرة أحرف على الأقل. بضع كلمات عشوائية سهلة التذكر وصعبة التخمين.",
  "entry.about_site": "عن {name}",
  "entry.contact": "مراسلة المشرف",

  "login.title": "تسجيل الدخول",
  "login.submit": "تسجيل الدخول",
  "login.register": "إنشاء حساب",
  "login.forgot": "هل نسيت كلمة المرور؟",
  "login.forgot_answer": "يمكن لمشرف هذا الموقع أن يرسل إليك رابطًا لتعيين كلمة مرور أخرى.",

  "register.title": "إنشاء حساب",
  "register.submit": "إنشاء حساب",
  "register.login": "لديّ حساب",
  "register.first_title": "مرحبًا بك في Convoy",
  "register.first_about": "لا حساب لأحد هنا بعد. حسابك هو الأول، ولذلك ستكون مشرف هذا الموقع.",
  "register.invited_title": "أنت مدعوّ",
  "register.invited_about": "اختر كلمة مرور وستكون معنا.",
  "register.recover_title": "تعيين كلمة مرور جديدة",
  "register.recover_about": "سينهي هذا جميع الجلسات الأخرى لحسابك.",
  "register.recover_submit": "تعيين كلمة المرور",
  "register.closed_title": "التسجيل مغلق",
  "register.closed_about": "ينضم الناس هنا بالدعوة. اطلب دعوة من أحد مشرفي هذا الموقع.",
  "register.expired_title": "انتهت صلاحية هذه الدعوة",
  "register.expired_about": "اطلب دعوة جديدة من أحد مشرفي هذا الموقع.",
  "register.invalid_title": "هذه الدعوة غير صالحة",
  "register.invalid_about": "ربما استُخدمت من قبل. اطلب دعوة جديدة من أحد مشرفي هذا الموقع.",

  "missing.title": "لا شيء هنا",
  "missing.about": "قد يكون في العنوان خطأ، أو أن ما كان هنا قد زال.",
  "missing.home": "إلى المحادثات",
};
