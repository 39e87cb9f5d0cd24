#include "ui/switch.hpp"

namespace parley::ui {

bool draw_switch(const Scene& scene, const Rect& strip, std::string_view key, std::string_view name, bool on,
                 bool enabled) {
    const Painter& paint = scene.paint;
    const Rect around = strip.inset(-8, 0);
    const auto is_on = on ? std::uint16_t{kPressed} : std::uint16_t{kUnpressed};
    const Control what{
        .name = name,
        .state = static_cast<std::uint16_t>(is_on | (enabled ? std::uint16_t{0} : std::uint16_t{kDisabled})),
        .ring = around};
    return paint.control(node_id(paint.semantics.parent(), key), strip, what, [&](const Hit& hit) {
        if (hit.hovered) paint.fill(around, Colour::hover, what.radius);
        const Rect track{strip.right() - 40, strip.y + strip.h / 2 - 11, 40, 22};
        paint.text_cut({strip.x, strip.y + (strip.h - 22) / 2}, strip.w - 52, type::kBody,
                       enabled ? Colour::text : Colour::text_faint, name);
        paint.fill(track, on && enabled ? Colour::accent : Colour::offline, 11);
        const float knob = on ? track.right() - 11 : track.x + 11;
        paint.list().AddCircleFilled({knob, track.y + 11}, 8, paint.theme(Colour::ground));
    });
}

}  // namespace parley::ui
