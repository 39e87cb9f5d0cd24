// The open room's messages and one's own unsent ones as rows of known height: what stands above each (day, "New" line,
// author), how its text breaks, when it joins the row before it. Paragraphs are kept while their width is the same.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <unordered_map>

#include "lettering/marked_text.hpp"
#include "ui/scene.hpp"

namespace parley::ui {

struct Row {
    const Message* message = nullptr;  // one of these two
    const client::PendingMessage* pending = nullptr;
    bool is_edit = false;  // pending, and the new words of a message that is there
    UserId author;
    Timestamp time;
    std::string_view text;   // as it was written
    bool uncovered = false;  // its spoilers
    bool folded = false;     // whoever wrote it is blocked: nothing of it is shown
    bool has_spoilers = false;
    bool mentions_reader = false;
    bool starts_day = false;
    bool is_first_new = false;
    bool has_header = false;  // avatar, author and time; else it continues the row before
    float height = 0;
    float reply_height = 0;      // of what it answers, above its text
    float reactions_height = 0;  // below it
    float thread_height = 0;     // below those
    // What became of the room itself before it was said, and behind the last message.
    std::vector<const RoomEvent*> news_above = {};
    std::vector<const RoomEvent*> news_below = {};
    const Paragraph* paragraph = nullptr;
    Paragraph why;  // it failed
    float why_width = 0;
    bool buttons_below = false;  // of the reason, for want of room beside it

    [[nodiscard]] bool failed() const {
        return pending != nullptr && pending->stage == client::PendingMessage::Stage::failed;
    }
};

// What of it is shown, with the names of now.
[[nodiscard]] lettering::MarkedText marked(const Scene& scene, const Row& row);
[[nodiscard]] lettering::MarkedText marked(const Scene& scene, const Message& message, bool uncovered);
[[nodiscard]] lettering::MarkedText marked(const Scene& scene, std::string_view source, bool uncovered);

class TimelineRows {
  public:
    static constexpr float kDay = 44;
    static constexpr float kNewLine = 26;
    static constexpr float kHeader = 32;    // the author's line with the space above it
    static constexpr float kContinued = 3;  // the space above a continued row
    static constexpr float kBelow = 2;
    static constexpr float kFailed = 30;  // why it failed, and what can be done
    static constexpr float kFailedButtons = 150;
    static constexpr float kReply = 22;
    static constexpr float kNews = 26;
    static constexpr float kFolded = 26;       // the button that shows what is folded away; more for fingers
    static constexpr float kGutter = 72;       // from the left edge to the text
    static constexpr float kRight = 52;        // the scrollbar, and what can be done with a message
    static constexpr float kRightNarrow = 20;  // there the message's bar stands above its text, when asked for by a tap
    [[nodiscard]] static float text_width(const Scene& scene, float width) {
        return std::max(80.0f, width - kGutter - (scene.screen.narrow ? kRightNarrow : kRight));
    }
    static constexpr std::int64_t kGroupedWithinMs = 5 * 60 * 1000;

    // Call once a frame, first. `new_after`: messages above this stand below the "New" line.
    void use(const Scene& scene, const client::Room& room, float width, std::optional<Ordinal> new_after);
    [[nodiscard]] std::size_t size() const { return messages_ + pending_.size(); }
    [[nodiscard]] std::size_t message_count() const { return messages_; }
    [[nodiscard]] std::optional<std::size_t> find(Ordinal ordinal) const;
    [[nodiscard]] Row row(std::size_t index);
    // Who wrote it and what, without what follows from its place.
    [[nodiscard]] Row plain_row(std::size_t index) const;
    // Texts that were broken into lines in this frame.
    [[nodiscard]] std::size_t laid_out() const { return laid_out_; }

  private:
    struct Key {
        RoomId room;
        OutboxId outbox;      // nothing: a message that the room has
        std::uint64_t place;  // its Ordinal, or the number in the outbox
        bool operator==(const Key&) const = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key& key) const noexcept {
            return static_cast<std::size_t>(key.room.value() ^ key.outbox.value() ^
                                            (key.place * 0x9E3779B97F4A7C15ull));
        }
    };
    struct Kept {
        std::uint64_t revision = 0;
        std::size_t look = 0;  // a hash of its words and of what is said of them
        bool uncovered = false;
        bool has_names = false;
        bool mentions_reader = false;
        bool has_spoilers = false;
        Paragraph paragraph;
        std::uint64_t named_at = 0;  // the version of the chat when its names were right
    };
    void gather_pending();
    void relate(Row& row, const Row* before) const;
    void tell_news(Row& row, const Row* before, std::size_t index) const;
    [[nodiscard]] Key key_of(const Row& row) const;
    [[nodiscard]] bool is_kept(const Row& row);
    const Kept& kept_of(std::size_t index, const Row& row);
    void lay_out_around(std::size_t index);
    void lay_out(const std::vector<Row>& rows, bool emoji);  // those that are only emoji, or the others

    const Scene* scene_ = nullptr;
    const client::Room* room_ = nullptr;
    std::size_t messages_ = 0;
    std::vector<const client::PendingMessage*> pending_;
    std::size_t posts_ = 0;                     // of these; the others are edits that were refused for good
    std::deque<client::PendingMessage> edits_;  // of this frame, as messages that were not sent
    mutable std::deque<Message> wished_;        // of this frame: messages with what she has wished of them
    std::optional<Ordinal> new_after_;
    float text_width_ = 0;
    std::uint32_t edition_ = 0;
    std::size_t laid_out_ = 0;
    std::unordered_map<Key, Kept, KeyHash> kept_;
};

}  // namespace parley::ui
