#include "ui/timeline_rows.hpp"

#include <algorithm>

#include "ui/failed_edit.hpp"
#include "ui/reactions.hpp"
#include "ui/thread_line.hpp"

namespace parley::ui {

namespace {
constexpr std::size_t kMostKept = 3'000;
constexpr std::size_t kBatch = 12;

// As people and rooms are called at this moment.
class CurrentNames final : public markup::Names {
  public:
    explicit CurrentNames(const Scene& scene) : scene_(scene) {}
    [[nodiscard]] std::string name_of(UserId person) const override {
        return "@" + std::string(scene_.nick_of(person));
    }
    [[nodiscard]] std::string name_of(RoomId room) const override {
        const auto* known = scene_.chat.room(room);
        return known != nullptr ? scene_.mark_of(*known) : "#…";
    }

  private:
    const Scene& scene_;
};

std::size_t look_of(const Row& row) {
    const auto words = std::hash<std::string_view>{}(row.text);
    if (row.message == nullptr) return words;
    const auto said = (row.message->pinned ? 1u : 0u) + (row.message->edited ? 2u : 0u) +
                      (row.message->deleted ? 4u : 0u) + (row.folded ? 8u : 0u);
    return words * 16 + said;
}

// Of one that has expired nobody knows whether it was sent.
std::string why_failed(Refusal refusal, bool is_edit) {
    if (refusal == Refusal::op_expired)
        return "Perhaps sent before. Look whether it is there before you send it again.";
    return (is_edit ? "Your edit was not made. " : "Not sent. ") + std::string(sentence_of(refusal));
}

}  // namespace

lettering::MarkedText marked(const Scene& scene, const Row& row) {
    if (row.folded) return marked(scene, std::string_view(), false);
    if (row.message != nullptr) return marked(scene, *row.message, row.uncovered);
    return marked(scene, row.text, row.uncovered);
}

lettering::MarkedText marked(const Scene& scene, const Message& message, bool uncovered) {
    auto text = marked(scene, message.text.view(), uncovered);
    if (message.deleted) lettering::add_aside(text, "This message was deleted.");
    if (message.edited) lettering::add_aside(text, "(edited)");
    if (message.pinned) lettering::add_aside(text, "(pinned)");
    if (message.edited || message.pinned) text.only_emoji = false;
    return text;
}

lettering::MarkedText marked(const Scene& scene, std::string_view source, bool uncovered) {
    const CurrentNames names(scene);
    return lettering::marked_text(source, {names, scene.chat.self, !uncovered});
}

void TimelineRows::use(const Scene& scene, const client::Room& room, float width, std::optional<Ordinal> new_after) {
    scene_ = &scene;
    room_ = &room;
    new_after_ = new_after;
    laid_out_ = 0;
    messages_ = room.timeline.messages().size();
    wished_.clear();
    gather_pending();
    const float text_width = TimelineRows::text_width(scene, width);
    const auto edition = scene.paint.type.edition();
    if (text_width != text_width_ || edition != edition_ || kept_.size() > kMostKept) kept_.clear();
    text_width_ = text_width;
    edition_ = edition;
}

// Below what the room has: the message of an edit may be deleted, or far above.
void TimelineRows::gather_pending() {
    pending_.clear();
    edits_.clear();
    posts_ = 0;
    if (!room_->timeline.reaches_head()) return;
    for (const auto& pending : scene_->chat.pending)
        if (pending.room == room_->id) pending_.push_back(&pending);
    posts_ = pending_.size();
    for (const auto& change : scene_->chat.pending_changes) {
        const auto edit = failed_edit(change);
        if (edit && edit->room == room_->id) pending_.push_back(&edits_.emplace_back(*edit));
    }
}

std::optional<std::size_t> TimelineRows::find(Ordinal ordinal) const {
    const auto& messages = room_->timeline.messages();
    if (messages.empty() || ordinal < messages.front().ordinal || ordinal > messages.back().ordinal)
        return std::nullopt;
    return static_cast<std::size_t>(ordinal.value() - messages.front().ordinal.value());  // dense by Ordinal
}

Row TimelineRows::plain_row(std::size_t index) const {
    Row row;
    if (index < messages_) {
        row.message = &room_->timeline.messages()[index];
        if (scene_->chat.has_pending_changes(room_->id, row.message->ordinal))
            row.message = &wished_.emplace_back(scene_->chat.with_pending(room_->id, *row.message));
        row.author = row.message->author;
        row.time = row.message->time;
        row.folded = scene_->is_folded(room_->id, *row.message);
        if (!row.folded) row.text = row.message->text.view();
        row.uncovered = scene_->screen.uncovered.contains({room_->id, row.message->ordinal});
    } else {
        row.pending = pending_[index - messages_];
        row.is_edit = index - messages_ >= posts_;
        row.author = scene_->chat.self;
        row.time = row.pending->written;
        row.text = row.pending->text.view();
    }
    return row;
}

void TimelineRows::relate(Row& row, const Row* before) const {
    const auto& day = scene_->calendar.day;
    row.starts_day = before != nullptr ? day(before->time) != day(row.time) : room_->timeline.reaches_first();
    row.is_first_new = new_after_ && row.message != nullptr && row.message->ordinal > *new_after_ &&
                       (before == nullptr ? row.message->ordinal == new_after_->next()
                                          : before->message != nullptr && before->message->ordinal <= *new_after_);
    const bool continues = before != nullptr && before->author == row.author &&
                           row.time.milliseconds - before->time.milliseconds < kGroupedWithinMs;
    row.has_header = !continues || row.starts_day || row.is_first_new;
}

void TimelineRows::tell_news(Row& row, const Row* before, std::size_t index) const {
    if (row.message == nullptr) return;
    const auto& all = room_->timeline.changes();
    const auto after = [&](Sequence place) {
        return std::partition_point(all.begin(), all.end(),
                                    [&](const RoomEvent& event) { return event.sequence < place; });
    };
    const auto end = after(row.message->sequence);
    for (auto event = before != nullptr ? after(before->message->sequence) : all.begin(); event != end; ++event)
        row.news_above.push_back(&*event);
    if (index + 1 != messages_ || !room_->timeline.reaches_head()) return;
    for (auto event = end; event != all.end(); ++event) row.news_below.push_back(&*event);
}

Row TimelineRows::row(std::size_t index) {
    Row row = plain_row(index);
    if (index == 0) {
        relate(row, nullptr);
        tell_news(row, nullptr, index);
    } else {
        const Row before = plain_row(index - 1);
        relate(row, &before);
        tell_news(row, &before, index);
    }
    if (!row.news_above.empty()) row.has_header = true;
    const Kept& kept = kept_of(index, row);
    row.paragraph = &kept.paragraph;
    row.mentions_reader = kept.mentions_reader;
    row.has_spoilers = kept.has_spoilers;
    const auto answers = row.message != nullptr ? row.message->reply_to : row.pending->reply_to;
    if (answers != Ordinal() && !row.folded) row.reply_height = kReply;
    if (row.message != nullptr && !row.folded)
        row.reactions_height = reactions_height(*scene_, *row.message, text_width_);
    if (row.message != nullptr) row.thread_height = thread_line_height(*scene_, *row.message);
    float failed = 0;
    if (row.failed()) {
        auto& typesetter = scene_->paint.type;
        const auto why = why_failed(row.pending->refusal, row.is_edit);
        row.why_width = typesetter.width(why, type::kSmall);
        row.buttons_below = row.why_width + kFailedButtons > text_width_;
        row.why = typesetter.lay_out(why, type::kSmall, text_width_);
        failed = row.buttons_below ? kFailed + 6 + row.why.height : kFailed;
    }
    row.height = (row.folded ? scene_->paint.target(kFolded) + 4 : row.paragraph->height) + row.reply_height +
                 row.reactions_height + row.thread_height + kBelow + (row.has_header ? kHeader : kContinued) +
                 (row.starts_day ? kDay : 0) + (row.is_first_new ? kNewLine : 0) + failed +
                 static_cast<float>(row.news_above.size() + row.news_below.size()) * kNews;
    return row;
}

TimelineRows::Key TimelineRows::key_of(const Row& row) const {
    if (row.message != nullptr) return {room_->id, OutboxId(), row.message->ordinal.value()};
    return {room_->id, row.pending->op.outbox, row.pending->op.number};
}

bool TimelineRows::is_kept(const Row& row) {
    const auto found = kept_.find(key_of(row));
    if (found == kept_.end()) return false;
    Kept& kept = found->second;
    const auto revision = row.message != nullptr ? row.message->revision.value() : 0;
    if (kept.revision != revision || kept.look != look_of(row) || kept.uncovered != row.uncovered) return false;
    // Somebody may have another name now. To read it again costs as much as the text is long, so it is not done twice.
    const auto now = scene_->around.chat_version;
    if (kept.has_names && kept.named_at != now && marked(*scene_, row).text != kept.paragraph.text) return false;
    kept.named_at = now;
    return true;
}

const TimelineRows::Kept& TimelineRows::kept_of(std::size_t index, const Row& row) {
    if (!is_kept(row)) lay_out_around(index);
    return kept_.at(key_of(row));
}

// The browser breaks many texts in one go for little more than one: those that will be needed next come along.
void TimelineRows::lay_out_around(std::size_t index) {
    std::vector<Row> rows;
    const auto first = index > kBatch ? index - kBatch : 0;
    const auto last = std::min(size(), index + kBatch + 1);
    for (auto at = index; at < last; ++at)
        if (auto row = plain_row(at); !is_kept(row)) rows.push_back(row);
    for (auto at = index; at-- > first;)
        if (auto row = plain_row(at); !is_kept(row)) rows.push_back(row);
    if (rows.size() > kBatch) rows.resize(kBatch);
    lay_out(rows, false);
    lay_out(rows, true);
    laid_out_ += rows.size();
}

void TimelineRows::lay_out(const std::vector<Row>& rows, bool emoji) {
    std::vector<const Row*> some;
    std::vector<lettering::MarkedText> texts;
    for (const auto& row : rows) {
        auto text = marked(*scene_, row);
        if (text.only_emoji != emoji) continue;
        some.push_back(&row);
        texts.push_back(std::move(text));
    }
    if (some.empty()) return;
    std::vector<Typesetter::Wish> wishes;
    for (auto& text : texts) wishes.push_back({text.text, std::move(text.spans), std::move(text.blocks)});
    auto paragraphs = scene_->paint.type.lay_out(std::move(wishes), emoji ? type::kEmoji : type::kBody, text_width_);
    for (std::size_t i = 0; i < some.size(); ++i) {
        const Row& row = *some[i];
        const auto revision = row.message != nullptr ? row.message->revision.value() : 0;
        kept_[key_of(row)] = {revision,
                              look_of(row),
                              row.uncovered,
                              texts[i].has_names,
                              texts[i].mentions_reader,
                              texts[i].has_spoilers,
                              std::move(paragraphs[i]),
                              scene_->around.chat_version};
    }
}

}  // namespace parley::ui
