#include "handlers/handlers.hpp"
#include "handlers/operations.hpp"
#include "store/mentioned.hpp"

namespace parley::handlers {

void handle(Context here, const EditText& edit) {
    if (const auto why = why_not_said(edit.text)) return refuse_operation(here, edit.op, *why);
    change_what_is_written(here, edit.op, edit.room, [edit](const store::Operation& operation, Timestamp now) {
        return store::EditText{operation, edit.room, edit.ordinal,
                               edit.text, now,       store::mentioned_in(edit.text.view())};
    });
}

}  // namespace parley::handlers
