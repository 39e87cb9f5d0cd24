// The unsent operations of a native client in one file, so that a later run sends them: appended, on disk when sync()
// has said so, read back after any crash. One process at a time holds it. Not thread-safe.
//
// The file is a line that says what it is and whose, then records: length (4 bytes, little endian), checksum (8), and
// the record: 1 and what takes the place of what (an OpId or zeros, 16 bytes) and the operation, or 2 and the OpId that
// is settled. A record that is not whole ends it: what was written after the last sync() of a crashed run was promised
// to nobody.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "client/saved.hpp"

namespace parley::native {

class OutboxFile {
  public:
    // Makes it if there is none. `owner` says whose it is, on one line ("ana ws://…"): a file of another owner, one
    // that is no outbox, one in which a later version has written, or one that another process holds is an error, and
    // is left as it is. The error is a sentence.
    static std::expected<std::unique_ptr<OutboxFile>, std::string> open(const std::filesystem::path& path,
                                                                        const std::string& owner);
    ~OutboxFile();
    OutboxFile(const OutboxFile&) = delete;
    OutboxFile& operator=(const OutboxFile&) = delete;

    // What earlier runs have left, in the order of writing. The records stay until they are forgotten.
    [[nodiscard]] std::vector<client::SavedOutbox> left_behind() const;
    // Bytes at the end of the file that open() could not read and dropped.
    [[nodiscard]] std::uint64_t dropped_bytes() const { return dropped_bytes_; }

    void keep(const client::SavedOperation& operation, std::optional<OpId> instead_of);
    void forget(OpId op);
    void forget_all_but(UserId owner);
    // Everything since the last sync() is on disk; or why not: then nothing of it may be believed to be.
    std::expected<void, std::string> sync();

  private:
    struct Live {
        std::uint64_t place = 0;  // rises with each operation that is new
        UserId owner;
        Buffer bytes;
    };
    OutboxFile(std::filesystem::path path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
    [[nodiscard]] std::optional<std::string> read(const std::string& first_line);
    // False: a later version has written it.
    [[nodiscard]] bool apply(std::span<const std::byte> record);
    void append(const Buffer& record);
    [[nodiscard]] bool has_grown_too_much() const;
    [[nodiscard]] std::expected<void, std::string> write_anew();

    std::filesystem::path path_;
    int descriptor_;
    std::string first_line_;
    std::map<OpId, Live> live_;
    std::uint64_t last_place_ = 0;
    std::uint64_t size_ = 0;  // of the file
    std::uint64_t dropped_bytes_ = 0;
    Buffer unwritten_;
    bool torn_ = false;  // a write failed half-way: the file is written anew before anything is appended
};

}  // namespace parley::native
