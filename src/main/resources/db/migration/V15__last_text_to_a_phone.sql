-- What a text message answers is the last one that went to its phone.
create index reply_token_lookup on reply_token (lookup);
