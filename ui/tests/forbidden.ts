// Words that no page may say.

/** How each language would speak of denied access. A kiosk opens no doors. */
export const forbidden: Record<string, RegExp> = {
  en: /access|denied|forbidden|unauthori[sz]ed|rejected/i,
  es: /acceso|deneg|prohib|rechaz|autorizad/i,
  fr: /accès|refus|interdit|rejet|autoris/i,
  de: /zugang|zutritt|zugriff|verweiger|verboten|abgelehnt|abgewiesen/i,
  pt: /acesso|negad|proibid|recusad|rejeitad/i,
  it: /accesso|negat|vietat|rifiutat|respint/i,
  nl: /toegang|geweigerd|verboden|afgewezen/i,
  pl: /dostęp|odmow|odmów|zabron|zakaz|odrzuc/i,
  ca: /accés|deneg|prohib|rebutj|autoritz/i,
  ja: /アクセス|拒否|禁止|不許可/,
  "zh-Hans": /访问|拒绝|禁止|无权|门禁/,
  ar: /الوصول|الولوج|مرفوض|رُفض|رفض|ممنوع|محظور/,
};
