-- Matters that a CMS no longer knows: what is held for them is asked about for a day, and not for ever.

alter table matters add column gone_since timestamptz;
comment on column matters.gone_since is 'since when the CMS answers that it does not know this matter; null: it knew it when it was last asked';
