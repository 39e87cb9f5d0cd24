#include "ui/room_news.hpp"

#include "ui/timeline_rows.hpp"

namespace parley::ui {

namespace {

class Teller {
  public:
    Teller(const Scene& scene, const RoomSettings& before) : scene_(scene), before_(before) {}

    std::string operator()(const TopicChanged& event) const {
        return nick(event.user) +
               (event.topic.empty() ? " took the topic away" : " set the topic: " + event.topic.str());
    }
    std::string operator()(const RoomRenamed& event) const {
        return nick(event.user) + " named the room #" + event.name.str();
    }
    std::string operator()(const RoomSettingsChanged& event) const {
        const auto& now = event.settings;
        std::string all;
        const auto tell = [&](bool changed, std::string_view words) {
            if (changed) all += (all.empty() ? " " : ", and ") + std::string(words);
        };
        tell(now.access != before_.access,
             now.access == RoomAccess::open ? "opened the room" : "made the room private");
        tell(now.newcomers != before_.newcomers, now.newcomers == NewcomersRead::all
                                                     ? "lets newcomers read what was before them"
                                                     : "lets newcomers read what is said since they came");
        tell(now.posts != before_.posts,
             now.posts == WhoPosts::everybody ? "lets everybody write" : "lets only some write");
        tell(now.archived != before_.archived,
             now.archived ? "archived the room" : "took the room back from the archive");
        return nick(event.user) + (all.empty() ? " changed the room" : all);
    }
    std::string operator()(const PosterChanged& event) const {
        return nick(event.user) + (event.on ? " lets " : " no longer lets ") + nick(event.person) + " write here";
    }
    std::string operator()(const MemberInvited& event) const {
        return nick(event.by) + " brought " + nick(event.user) + " in";
    }
    template <class Other>
    std::string operator()(const Other&) const {
        return {};
    }

  private:
    [[nodiscard]] std::string nick(UserId person) const { return std::string(scene_.nick_of(person)); }
    const Scene& scene_;
    const RoomSettings& before_;
};

// What is not loaded was as rooms are made.
RoomSettings settings_before(const client::Room& room, const RoomEvent& event) {
    RoomSettings settings;
    for (const auto& earlier : room.timeline.changes()) {
        if (earlier.sequence >= event.sequence) break;
        if (const auto* changed = std::get_if<RoomSettingsChanged>(&earlier.body)) settings = changed->settings;
    }
    return settings;
}

}  // namespace

std::string news_words(const Scene& scene, const RoomEvent& event, const RoomSettings& before) {
    return std::visit(Teller(scene, before), event.body);
}

void draw_room_news(const Scene& scene, const client::Room& room, std::span<const RoomEvent* const> news,
                    const Rect& area, float top, double order) {
    const Painter& paint = scene.paint;
    for (const auto* event : news) {
        const auto words = news_words(scene, *event, settings_before(room, *event));
        const float left = area.x + TimelineRows::kGutter;
        const Rect strip{left, top + 4, area.w - TimelineRows::kGutter - 20, 18};
        top += TimelineRows::kNews;
        order += 1e-4;
        if (!strip.meets(area)) continue;
        paint.fill({left - 34, strip.y + 8, 22, 2}, Colour::line_strong, 1);
        paint.text_cut(strip.min(), strip.w, type::kSmall, Colour::text_faint, words);
        const NodeId id = node_id(node_id(paint.semantics.parent(), "news"), event->sequence.value());
        paint.semantics.declare(id, Role::text, strip, words).article.order = order;
    }
}

}  // namespace parley::ui
