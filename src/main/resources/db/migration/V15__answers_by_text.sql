-- What a text message answers is the last one that went to its phone.
create index reply_token_lookup on reply_token (lookup);
-- What has come is kept for good, so that nothing that is delivered once more counts again.
drop index incoming_message_age;
