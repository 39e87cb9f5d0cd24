#include "ui/timeline_rows.hpp"

#include <algorithm>

#include "text/links.hpp"

namespace parley::ui {

namespace {
constexpr std::size_t kMostKept = 3'000;
constexpr std::size_t kBatch = 12;
}  // namespace

std::vector<lettering::Span> spans_of(std::string_view text) {
    std::vector<lettering::Span> spans;
    for (const auto& link : text::links_in(text))
        spans.push_back({lettering::Span::Kind::link, static_cast<std::uint32_t>(link.begin),
                         static_cast<std::uint32_t>(link.end)});
    return spans;
}

void TimelineRows::use(const Scene& scene, const client::Room& room, float width, std::optional<Ordinal> new_after) {
    scene_ = &scene;
    room_ = &room;
    new_after_ = new_after;
    laid_out_ = 0;
    messages_ = room.timeline.messages().size();
    pending_.clear();
    for (const auto& pending : scene.chat.pending) {
        if (pending.room == room.id && room.timeline.reaches_head()) pending_.push_back(&pending);
    }
    const float text_width = TimelineRows::text_width(scene, width);
    const auto edition = scene.paint.type.edition();
    if (text_width != text_width_ || edition != edition_ || kept_.size() > kMostKept) kept_.clear();
    text_width_ = text_width;
    edition_ = edition;
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
        row.author = row.message->author;
        row.time = row.message->time;
        row.text = row.message->text.view();
    } else {
        row.pending = pending_[index - messages_];
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

Row TimelineRows::row(std::size_t index) {
    Row row = plain_row(index);
    if (index == 0) {
        relate(row, nullptr);
    } else {
        const Row before = plain_row(index - 1);
        relate(row, &before);
    }
    row.paragraph = paragraph_of(index, row);
    float failed = 0;
    if (row.failed()) {
        auto& typesetter = scene_->paint.type;
        const auto why = "Not sent. " + std::string(sentence_of(row.pending->refusal));
        row.why_width = typesetter.width(why, type::kSmall);
        row.buttons_below = row.why_width + kFailedButtons > text_width_;
        row.why = typesetter.lay_out(why, type::kSmall, text_width_);
        const auto lines = static_cast<float>(row.why.lines);
        failed = row.buttons_below ? kFailed + 6 + lines * type::kSmall.line : kFailed;
    }
    row.height = row.paragraph->height(type::kBody) + kBelow + (row.has_header ? kHeader : kContinued) +
                 (row.starts_day ? kDay : 0) + (row.is_first_new ? kNewLine : 0) + failed;
    return row;
}

TimelineRows::Key TimelineRows::key_of(const Row& row) const {
    if (row.message != nullptr) return {room_->id, OutboxId(), row.message->ordinal.value()};
    return {room_->id, row.pending->op.outbox, row.pending->op.number};
}

bool TimelineRows::is_kept(const Row& row) {
    const auto kept = kept_.find(key_of(row));
    const auto revision = row.message != nullptr ? row.message->revision.value() : 0;
    return kept != kept_.end() && kept->second.revision == revision && kept->second.bytes == row.text.size();
}

const Paragraph* TimelineRows::paragraph_of(std::size_t index, const Row& row) {
    if (!is_kept(row)) lay_out_around(index);
    return &kept_.at(key_of(row)).paragraph;
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
    std::vector<Typesetter::Wish> wishes;
    for (const auto& row : rows) wishes.push_back({row.text, spans_of(row.text)});
    auto paragraphs = scene_->paint.type.lay_out(std::move(wishes), type::kBody, text_width_);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto revision = rows[i].message != nullptr ? rows[i].message->revision.value() : 0;
        kept_[key_of(rows[i])] = {revision, rows[i].text.size(), std::move(paragraphs[i])};
    }
    laid_out_ += rows.size();
}

}  // namespace parley::ui
