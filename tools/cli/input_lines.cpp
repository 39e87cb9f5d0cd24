#include "cli/input_lines.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <asio/io_context.hpp>
#include <asio/posix/stream_descriptor.hpp>
#include <asio/post.hpp>
#include <cerrno>
#include <string>

namespace parley::cli {

// Kept alive by the wait that is under way.
class InputLines::Source : public std::enable_shared_from_this<Source> {
  public:
    Source(asio::io_context& io, int descriptor, std::size_t longest_line, LineReader& reader)
        : io_(io), descriptor_(::dup(descriptor)), waiter_(io), longest_line_(longest_line), reader_(&reader) {
        // A regular file is always ready, and epoll does not take it.
        struct stat status {};
        can_wait_ = ::fstat(descriptor_, &status) == 0 && !S_ISREG(status.st_mode);
        asio::error_code error;
        if (can_wait_) waiter_.assign(descriptor_, error);
        if (error) can_wait_ = false;
    }
    ~Source() {
        asio::error_code ignored;
        if (can_wait_) {
            waiter_.close(ignored);
        } else {
            ::close(descriptor_);
        }
    }

    void stop() {
        reader_ = nullptr;
        asio::error_code ignored;
        if (can_wait_) waiter_.cancel(ignored);
    }

    void read() {
        if (reading_ || giving_ || reader_ == nullptr) return;
        giving_ = true;  // a line taken may make room for the next, and so come back here
        give_lines();
        giving_ = false;
        if (reader_ == nullptr || ended_ || !reader_->takes_more()) return;
        reading_ = true;
        if (can_wait_) {
            waiter_.async_wait(asio::posix::stream_descriptor::wait_read,
                               [self = shared_from_this()](asio::error_code) { self->fill(); });
        } else {
            asio::post(io_, [self = shared_from_this()] { self->fill(); });
        }
    }

  private:
    void fill() {
        reading_ = false;
        if (reader_ == nullptr) return;
        std::array<char, 16 * 1024> piece{};
        const auto size = ::read(descriptor_, piece.data(), piece.size());
        if (size > 0) {
            rest_.append(piece.data(), static_cast<std::size_t>(size));
        } else if (size == 0 || (errno != EINTR && errno != EAGAIN)) {
            at_end_ = true;
        }
        read();
    }

    void give_lines() {
        while (reader_ != nullptr && reader_->takes_more()) {
            const auto end = rest_.find('\n', given_);
            if (end == std::string::npos) break;
            give(std::string_view(rest_).substr(given_, end - given_));
            given_ = end + 1;
        }
        rest_.erase(0, given_);
        given_ = 0;
        if (rest_.find('\n') != std::string::npos) return;
        if (rest_.size() > longest_line_) {  // do not gather what will be refused
            if (!std::exchange(dropping_, true) && reader_ != nullptr) reader_->line_was_too_long();
            rest_.clear();
        }
        if (at_end_) finish();
    }

    void give(std::string_view line) {
        if (std::exchange(dropping_, false)) return;  // the end of one that was reported
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) return;
        if (line.size() > longest_line_) return reader_->line_was_too_long();
        reader_->take_line(line);
    }

    void finish() {
        if (std::exchange(ended_, true)) return;
        if (!rest_.empty()) give(std::exchange(rest_, {}));
        if (reader_ != nullptr) reader_->input_ended();
    }

    asio::io_context& io_;
    int descriptor_;
    asio::posix::stream_descriptor waiter_;
    std::size_t longest_line_;
    LineReader* reader_;
    std::string rest_;
    std::size_t given_ = 0;
    bool can_wait_ = false;
    bool reading_ = false;
    bool giving_ = false;
    bool dropping_ = false;
    bool at_end_ = false;
    bool ended_ = false;
};

InputLines::InputLines(asio::io_context& io, int descriptor, std::size_t longest_line, LineReader& reader)
    : source_(std::make_shared<Source>(io, descriptor, longest_line, reader)) {}
InputLines::~InputLines() {
    source_->stop();
}
void InputLines::read() {
    source_->read();
}
void InputLines::stop() {
    source_->stop();
}

}  // namespace parley::cli
