// Something that is on or off, with its name before it: a row of a dialog.
#pragma once

#include "ui/scene.hpp"

namespace parley::ui {

// True when it was used: it is still as it was.
bool draw_switch(const Scene& scene, const Rect& strip, std::string_view key, std::string_view name, bool on,
                 bool enabled = true);

}  // namespace parley::ui
