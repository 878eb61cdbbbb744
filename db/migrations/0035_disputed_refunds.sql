-- A refund that did not go out because its payment is under a chargeback is held by the chargeback instead.

grant update (taken_minor) on disputes to system;
