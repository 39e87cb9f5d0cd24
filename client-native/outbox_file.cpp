#include "client_native/outbox_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace parley::native {

namespace {

constexpr std::string_view kMark = "parley outbox 1 ";
constexpr std::size_t kHead = 12;  // of a record: its length, its checksum
constexpr std::size_t kOpBytes = 16;
constexpr std::byte kKeep{1};
constexpr std::byte kForget{2};

std::string why() {
    return std::strerror(errno);
}

// FNV-1a: against torn writes, not against people.
std::uint64_t checksum(std::span<const std::byte> bytes) {
    std::uint64_t sum = 0xCBF29CE484222325ull;
    for (const auto byte : bytes) sum = (sum ^ std::to_integer<std::uint64_t>(byte)) * 0x100000001B3ull;
    return sum;
}

void put(Buffer& out, std::uint64_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) out.push_back(static_cast<std::byte>((value >> (8 * i)) & 0xFFu));
}

std::uint64_t number_at(std::span<const std::byte> bytes, std::size_t at, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value |= std::to_integer<std::uint64_t>(bytes[at + i]) << (8 * i);
    return value;
}

void put_op(Buffer& out, OpId op) {
    put(out, op.outbox.value(), 8);
    put(out, op.number, 8);
}

OpId op_at(std::span<const std::byte> bytes, std::size_t at) {
    return OpId{OutboxId(number_at(bytes, at, 8)), number_at(bytes, at + 8, 8)};
}

Buffer record_of(std::byte kind, OpId op, std::span<const std::byte> operation) {
    Buffer record{kind};
    put_op(record, op);
    record.insert(record.end(), operation.begin(), operation.end());
    return record;
}

void frame(Buffer& out, const Buffer& record) {
    put(out, record.size(), 4);
    put(out, checksum(record), 8);
    out.insert(out.end(), record.begin(), record.end());
}

bool write_all(int descriptor, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

// The name itself is on disk too.
bool sync_folder_of(const std::filesystem::path& path) {
    const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return false;
    const bool done = ::fsync(descriptor) == 0;
    ::close(descriptor);
    return done;
}

bool is_still(const std::filesystem::path& path, int descriptor) {
    struct stat named {};
    struct stat opened {};
    return ::stat(path.c_str(), &named) == 0 && ::fstat(descriptor, &opened) == 0 && named.st_ino == opened.st_ino &&
           named.st_dev == opened.st_dev;
}

// The file may be written anew, under another inode, between the opening and the locking.
std::expected<int, std::string> open_and_lock(const std::filesystem::path& path) {
    for (;;) {
        const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (descriptor < 0) return std::unexpected("cannot open " + path.string() + ": " + why());
        if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
            ::close(descriptor);
            return std::unexpected(path.string() + " is in use by another parley-cli or bot");
        }
        if (is_still(path, descriptor)) return descriptor;
        ::close(descriptor);
    }
}

}  // namespace

std::expected<std::unique_ptr<OutboxFile>, std::string> OutboxFile::open(const std::filesystem::path& path,
                                                                         const std::string& owner) {
    const auto descriptor = open_and_lock(path);
    if (!descriptor) return std::unexpected(descriptor.error());
    std::unique_ptr<OutboxFile> file(new OutboxFile(path, *descriptor));
    if (auto error = file->read(std::string(kMark) + owner + "\n")) return std::unexpected(std::move(*error));
    // What is settled or not whole goes now, so that appending follows a whole record.
    if (auto written = file->write_anew(); !written) return std::unexpected(written.error());
    return file;
}

OutboxFile::~OutboxFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

std::optional<std::string> OutboxFile::read(const std::string& first_line) {
    first_line_ = first_line;
    struct stat about {};
    if (::fstat(descriptor_, &about) != 0 || !S_ISREG(about.st_mode)) return path_.string() + " is not a plain file";
    size_ = static_cast<std::uint64_t>(about.st_size);
    if (size_ > 4 * limits::kOutboxFile) return path_.string() + " is too large for an outbox";
    Buffer all(static_cast<std::size_t>(size_));
    std::size_t got = 0;
    while (got < all.size()) {
        const auto count = ::pread(descriptor_, all.data() + got, all.size() - got, static_cast<off_t>(got));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return "cannot read " + path_.string() + ": " + why();
        got += static_cast<std::size_t>(count);
    }
    const std::string_view text(reinterpret_cast<const char*>(all.data()), all.size());
    // Made by a run that crashed before it had written its first line.
    if (first_line.starts_with(text)) return std::nullopt;
    if (!text.starts_with(kMark)) return path_.string() + " is not an outbox of Parley";
    if (!text.starts_with(first_line))
        return path_.string() + " belongs to \"" +
               std::string(text.substr(kMark.size(), text.find('\n') - kMark.size()).substr(0, 200)) +
               "\": another account or another server needs a file of its own";
    std::span<const std::byte> rest = std::span(all).subspan(first_line.size());
    while (rest.size() >= kHead) {
        const auto length = number_at(rest, 0, 4);
        if (length > rest.size() - kHead) break;
        const auto record = rest.subspan(kHead, static_cast<std::size_t>(length));
        if (checksum(record) != number_at(rest, 4, 8)) break;
        if (!apply(record))
            return path_.string() +
                   " holds what a later version of Parley has written, and was left as it is: use that "
                   "version, or another file";
        rest = rest.subspan(kHead + record.size());
    }
    dropped_bytes_ = rest.size();
    return std::nullopt;
}

// It is whole: what cannot be read of it is not damaged.
bool OutboxFile::apply(std::span<const std::byte> record) {
    if (record.size() < 1 + kOpBytes) return false;
    const auto named = op_at(record, 1);
    if (record[0] == kForget) {
        live_.erase(named);
        return true;
    }
    if (record[0] != kKeep) return false;
    const auto bytes = record.subspan(1 + kOpBytes);
    const auto operation = client::saved_operation_from(bytes);
    if (!operation) return false;
    if (named.outbox.names_something()) live_.erase(named);
    auto& live = live_[operation->op()];
    if (live.place == 0) live.place = ++last_place_;
    live.owner = operation->owner;
    live.bytes.assign(bytes.begin(), bytes.end());
    return true;
}

std::vector<client::SavedOutbox> OutboxFile::left_behind() const {
    std::map<std::uint64_t, const Live*> in_order;
    for (const auto& entry : live_) in_order.emplace(entry.second.place, &entry.second);
    std::vector<client::SavedOutbox> all;
    for (const auto& [place, live] : in_order) {
        auto operation = client::saved_operation_from(live->bytes);
        if (!operation) continue;
        const auto id = operation->op().outbox;
        auto found = std::find_if(all.begin(), all.end(), [id](const auto& outbox) { return outbox.id == id; });
        if (found == all.end()) found = all.insert(all.end(), client::SavedOutbox{id, {}, place});
        found->operations.push_back(std::move(*operation));
    }
    return all;
}

void OutboxFile::keep(const client::SavedOperation& operation, std::optional<OpId> instead_of) {
    append(record_of(kKeep, instead_of.value_or(OpId{}), client::bytes_of(operation)));
}

void OutboxFile::forget(OpId op) {
    append(record_of(kForget, op, {}));
}

void OutboxFile::forget_all_but(UserId owner) {
    std::vector<OpId> others;
    for (const auto& [op, live] : live_)
        if (live.owner != owner) others.push_back(op);
    for (const auto op : others) forget(op);
}

void OutboxFile::append(const Buffer& record) {
    frame(unwritten_, record);
    (void)apply(record);  // its own
}

std::expected<void, std::string> OutboxFile::sync() {
    if (torn_ || has_grown_too_much()) return write_anew();
    const auto bytes = std::exchange(unwritten_, {});
    if (!write_all(descriptor_, bytes) || ::fdatasync(descriptor_) != 0) {
        torn_ = true;
        return std::unexpected("cannot write " + path_.string() + ": " + why());
    }
    size_ += bytes.size();
    return {};
}

// Written anew, the file would be less than half as long.
bool OutboxFile::has_grown_too_much() const {
    if (size_ + unwritten_.size() <= limits::kOutboxFile) return false;
    std::uint64_t live = 0;
    for (const auto& entry : live_) live += kHead + 1 + kOpBytes + entry.second.bytes.size();
    return 2 * live < size_;
}

std::expected<void, std::string> OutboxFile::write_anew() {
    std::map<std::uint64_t, const Live*> in_order;
    for (const auto& entry : live_) in_order.emplace(entry.second.place, &entry.second);
    const auto first = std::as_bytes(std::span(first_line_));
    Buffer all(first.begin(), first.end());
    for (const auto& entry : in_order) frame(all, record_of(kKeep, OpId{}, entry.second->bytes));

    const auto fresh_path = path_.string() + ".new";
    const int fresh = ::open(fresh_path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    const bool renamed = fresh >= 0 && ::flock(fresh, LOCK_EX | LOCK_NB) == 0 && write_all(fresh, all) &&
                         ::fsync(fresh) == 0 && ::rename(fresh_path.c_str(), path_.c_str()) == 0;
    if (!renamed) {
        auto error = "cannot write " + path_.string() + ": " + why();
        if (fresh >= 0) ::close(fresh);
        return std::unexpected(std::move(error));
    }
    ::close(std::exchange(descriptor_, fresh));
    size_ = all.size();
    unwritten_.clear();
    // From the renaming on this is the file that the next run opens, whether or not its name is durable yet.
    torn_ = !sync_folder_of(path_);
    if (torn_) return std::unexpected("cannot write " + path_.string() + ": " + why());
    return {};
}

}  // namespace parley::native
