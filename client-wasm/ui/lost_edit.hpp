// The message that is being edited may be deleted meanwhile: by her on another device, or by who may delete it.
#pragma once

#include "ui/scene.hpp"

namespace parley::ui {

// Ends such an edit in the room where she writes. What she has written of it stays in the field, as a draft, and a note
// says why.
void end_lost_edit(const Scene& scene);

}  // namespace parley::ui
