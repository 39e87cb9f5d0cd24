#include "ui/timeline_view.hpp"

#include <algorithm>

namespace parley::ui {

namespace {
constexpr float kFoot = 10;        // below the newest message
constexpr float kLoadAhead = 900;  // older ones are asked for when this little is left above
}  // namespace

void TimelineView::show(const client::Room* room) {
    shown_ = room != nullptr ? room->id : RoomId();
    pinned_ = true;
    scroll_.reset();
    pages_ = 0;
    anchor_ = {};
    wanted_.reset();
    sought_time_.reset();
    new_after_.reset();
    turn_ = room != nullptr ? room->read.turn : ReadTurn();
    if (room != nullptr && room->unread != 0) new_after_ = room->read.read;
}

void TimelineView::jump_to_latest() {
    pinned_ = true;
    scroll_.stop();
    wanted_.reset();
}

void TimelineView::draw(const Scene& scene, const Rect& area) {
    const auto* room = scene.open_room();
    if (room == nullptr) return;
    drew_message_ = false;
    is_thread_ = room->is_thread();
    if (!scene.around.attended && !new_after_ && room->unread != 0) new_after_ = room->read.read;
    notice_turn(scene, *room);
    if (!pinned_) anchor_offset_ -= area.y - top_;  // a bar above has come or gone: what is read stays where it is
    top_ = area.y;
    rows_.use(scene, *room, area.w, new_after_);
    obey_reader(scene, *room, area);
    place(scene, *room, area);
    has_latest_in_view_ =
        !placed_.empty() && placed_.back().index + 1 == rows_.size() && placed_.back().y < area.bottom();
    ask_for_more(scene, *room, area);
    mark_read(scene, *room, area);

    draw_rows(scene, *room, area);
    draw_days(scene, area);
    draw_scrollbar(scene, *room, area);
    draw_jump(scene, *room, area);
}

void TimelineView::draw_rows(const Scene& scene, const client::Room& room, const Rect& area) {
    const std::string name = (room.is_chat() ? "Messages with " : "Messages in ") + scene.mark_of(room);
    const Group log = scene.paint.semantics.group(log_node(room.id), Role::log, area, name);
    ImGui::PushClipRect(area.min(), area.max(), true);
    draw_head(scene, room, area);
    notice_what_leads(scene);
    for (const Placed& placed : placed_) draw_row(scene, placed, area);
    place_day(scene, area);
    draw_tools(scene);
    keep_found(scene, room);
    scene.paint.ring_if_focused(log_node(room.id), area.inset(4, 4), space::kRadius);
    ImGui::PopClipRect();
}

// Of two conversations the one that she writes in: what can be found is bounded.
void TimelineView::keep_found(const Scene& scene, const client::Room& room) {
    if (!scene.writes_here) return found_.forget(scene.paint.semantics);
    const auto is_message = [](const Placed& placed) { return placed.row.message != nullptr; };
    const auto first = std::find_if(placed_.begin(), placed_.end(), is_message);
    const auto last = std::find_if(placed_.rbegin(), placed_.rend(), is_message);
    if (first == placed_.end()) return found_.forget(scene.paint.semantics);
    found_.keep_around(scene, room, first->row.message->ordinal, last->row.message->ordinal);
}

// --- where the rows stand

float TimelineView::head_height(const client::Room& room) const {
    if (!room.timeline.reaches_first()) return kLoading;
    return room.is_thread() ? kThreadIntro : kIntro;
}

float TimelineView::top_of_content(const client::Room& room) const {
    return placed_.front().y - (placed_.front().index == 0 ? head_height(room) : 0);
}

void TimelineView::place(const Scene& scene, const client::Room& room, const Rect& area) {
    placed_.clear();
    if (rows_.size() == 0) return stop_gliding();
    float moved = -scroll_.step(ImGui::GetIO().DeltaTime) - pages_ * area.h * 0.85f;
    pages_ = 0;
    if (wanted_ && rows_.find(*wanted_)) {
        pinned_ = false;
        anchor_ = *wanted_;
        anchor_offset_ = area.h * 0.3f;
        wanted_.reset();
        fetched_.reset();
    }
    if (!room.timeline.reaches_head() && pinned_ && !wanted_ && !room.timeline.loading_newer())
        scene.want(intent::LoadLatest{room.id});
    if (pinned_ || !rows_.find(anchor_)) {
        pinned_ = true;
        place_from_bottom(area, area.bottom() - kFoot);
        if (moved <= 0) return scroll_.stop();
        choose_anchor(area);
        pinned_ = false;
    }
    place_from_anchor(room, area, moved);
}

TimelineView::Placed TimelineView::placed_at(std::size_t index, float y, const Row& row) {
    return {index, y, row, row.message != nullptr ? row.message->ordinal : Ordinal()};
}

void TimelineView::place_from_bottom(const Rect& area, float bottom) {
    placed_.clear();
    for (std::size_t index = rows_.size(); index-- > 0 && bottom > area.y;) {
        const Row row = rows_.row(index);
        bottom -= row.height;
        placed_.push_back(placed_at(index, bottom, row));
    }
    std::reverse(placed_.begin(), placed_.end());
}

void TimelineView::place_from_anchor(const client::Room& room, const Rect& area, float moved) {
    const auto index = rows_.find(anchor_);
    if (!index) return;
    placed_.clear();
    placed_.push_back(placed_at(*index, area.y + anchor_offset_ + moved, rows_.row(*index)));
    grow_upwards(area);
    grow_downwards(area);
    if (top_of_content(room) > area.y) {  // over the beginning
        scroll_.stop();
        shift(area.y - top_of_content(room));
        grow_downwards(area);
    }
    const Placed& last = placed_.back();
    const bool at_end = last.index + 1 == rows_.size() && last.y + last.row.height <= area.bottom() - kFoot;
    if (at_end) {
        scroll_.stop();
        pinned_ = room.timeline.reaches_head() && !wanted_;
        return place_from_bottom(area, area.bottom() - kFoot);
    }
    choose_anchor(area);
}

void TimelineView::grow_upwards(const Rect& area) {
    std::vector<Placed> above;
    float y = placed_.front().y;
    for (std::size_t index = placed_.front().index; index-- > 0 && y > area.y;) {
        const Row row = rows_.row(index);
        y -= row.height;
        above.push_back(placed_at(index, y, row));
    }
    placed_.insert(placed_.begin(), above.rbegin(), above.rend());
}

void TimelineView::grow_downwards(const Rect& area) {
    float y = placed_.back().y + placed_.back().row.height;
    for (std::size_t index = placed_.back().index + 1; index < rows_.size() && y < area.bottom(); ++index) {
        const Row row = rows_.row(index);
        placed_.push_back(placed_at(index, y, row));
        y += row.height;
    }
}

void TimelineView::shift(float by) {
    for (Placed& placed : placed_) placed.y += by;
}

void TimelineView::choose_anchor(const Rect& area) {
    for (const Placed& placed : placed_) {
        if (placed.ordinal == Ordinal() || placed.y + placed.row.height <= area.y) continue;
        anchor_ = placed.ordinal;
        anchor_offset_ = placed.y - area.y;
        return;
    }
}

// --- what is asked for

void TimelineView::ask_for_more(const Scene& scene, const client::Room& room, const Rect& area) const {
    const auto& timeline = room.timeline;
    if (placed_.empty()) return;
    // Rows above the view are not laid out: their number times the least height is a safe guess.
    const float above = area.y - placed_.front().y + static_cast<float>(placed_.front().index) * 25;
    if (above < kLoadAhead && !timeline.reaches_first() && !timeline.loading_older())
        scene.want(intent::LoadOlder{room.id});
    const float below = static_cast<float>(rows_.size() - placed_.back().index) * 25;
    if (below < kLoadAhead && !timeline.reaches_head() && !timeline.loading_newer() && !pinned_)
        scene.want(intent::LoadNewer{room.id});
}

// Marked unread while it is open, here or elsewhere: until she comes back or says so it is not read by being shown.
void TimelineView::notice_turn(const Scene& scene, const client::Room& room) {
    if (room.read.turn > turn_) {
        turn_ = room.read.turn;
        new_after_ = room.read.read;
        scene.screen.left_unread.insert(room.id);
    }
    if (room.unread == 0) scene.screen.left_unread.erase(room.id);
}

void TimelineView::mark_read(const Scene& scene, const client::Room& room, const Rect& area) {
    if (!scene.around.attended || scene.screen.covers_main() || scene.screen.left_unread.contains(room.id)) return;
    for (auto placed = placed_.rbegin(); placed != placed_.rend(); ++placed) {
        if (placed->row.message == nullptr || placed->y + placed->row.height > area.bottom() + 4) continue;
        if (placed->row.message->ordinal > room.read.read)
            scene.want(intent::MarkRead{room.id, placed->row.message->ordinal});
        return;
    }
}

}  // namespace parley::ui
