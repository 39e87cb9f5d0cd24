// Standard input, line by line, on an io_context: a pipe or terminal is waited for, a file is read when there is room.
// Reading stops while the reader has enough to do. A line longer than the bound is reported once and dropped.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

namespace asio {
class io_context;
}

namespace parley::cli {

class LineReader {
  public:
    virtual ~LineReader() = default;
    virtual void take_line(std::string_view line) = 0;
    virtual void line_was_too_long() = 0;
    virtual void input_ended() = 0;
    [[nodiscard]] virtual bool takes_more() const = 0;
};

class InputLines {
  public:
    // `descriptor` stays the caller's. The reader outlives this.
    InputLines(asio::io_context& io, int descriptor, std::size_t longest_line, LineReader& reader);
    ~InputLines();
    InputLines(const InputLines&) = delete;
    InputLines& operator=(const InputLines&) = delete;

    // Goes on reading, if the reader takes more. Call it also after the reader has become free again.
    void read();
    void stop();

  private:
    class Source;
    std::shared_ptr<Source> source_;
};

}  // namespace parley::cli
