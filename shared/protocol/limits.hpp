// Every bound of Parley stands here: sizes on the wire, queues, caps and times. Bytes unless the name says otherwise.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace parley::limits {

using namespace std::chrono_literals;

// --- the wire
inline constexpr std::size_t kClientFrameBeforeLogin = 24 * 1024;  // a Resume that names every room of a person
inline constexpr std::size_t kClientFrame = 64 * 1024;
inline constexpr std::size_t kServerFrame = 1024 * 1024;
inline constexpr std::size_t kRoomEventsFrame = 64 * 1024;     // a commit's events are split at this size
inline constexpr std::size_t kDecodeBudget = 8 * 1024 * 1024;  // memory one decoded message may take

inline constexpr std::size_t kAccountName = 32;
inline constexpr std::size_t kNick = 128;       // and at most 32 code points (text/names.hpp)
inline constexpr std::size_t kRoomName = 128;   // and at most 48 code points (text/names.hpp)
inline constexpr std::size_t kRoomTopic = 600;  // and at most 200 code points, in one line (text/names.hpp)
inline constexpr std::size_t kStatus = 400;     // and at most 100 code points (text/names.hpp)
inline constexpr std::size_t kPassword = 1024;
inline constexpr std::size_t kPasswordMinimum = 8;
inline constexpr std::size_t kMessageText = 16'000;
inline constexpr std::size_t kEmoji = 64;                   // one emoji: the longest of Unicode 15 has 41
inline constexpr std::size_t kEmojiPerMessage = 20;         // different ones that people react with
inline constexpr std::size_t kReactionsPerMessage = 1'000;  // by all people together
inline constexpr std::size_t kPinsPerRoom = 100;
inline constexpr std::size_t kMessagesAsked = 100;      // by their ordinals, in one LoadMessages
inline constexpr std::size_t kMentionsPerMessage = 50;  // people whom one message mentions: those named later are not
inline constexpr std::size_t kMentionsListed = 100;     // unread messages of a room that mention somebody
inline constexpr std::size_t kClientName = 64;
inline constexpr std::size_t kSentence = 300;
inline constexpr std::size_t kInviteCode = 64;

inline constexpr std::size_t kRoomsPerPerson = 1'000;  // channels and chats
inline constexpr std::size_t kThreadsFollowed = 200;   // beside them: one more lets one go
inline constexpr std::size_t kRoomsListed = kRoomsPerPerson + kThreadsFollowed;
inline constexpr std::size_t kDevicesPerPerson = 32;  // the oldest makes room for the newest
inline constexpr std::size_t kMembersPerRoom = 20'000;
inline constexpr std::size_t kBlockedPeople = 1'000;  // by one person
inline constexpr std::size_t kRoomsWatched = 8;       // by one connection: what it shows at once
inline constexpr std::size_t kPostersPerRoom = 50;    // of a broadcast room, beside its owner
inline constexpr std::size_t kGroupPeople = 9;        // of a group chat, with whoever opens it
inline constexpr std::size_t kGroupPeopleFewest = 3;  // fewer are a direct chat
inline constexpr std::size_t kHistoryPage = 100;      // messages; also cut by kHistoryBytes
inline constexpr std::size_t kHistoryChanges = 100;   // of the room itself, told with a page of messages
// A deadline knows whole frames only: a page of these bytes comes within kServerSilence at 2 kB/s and faster.
inline constexpr std::size_t kHistoryBytes = 64 * 1024;
inline constexpr std::size_t kDirectoryPage = 200;                                 // rooms in one answer to ListRooms
inline constexpr std::size_t kProfileBytes = kAccountName + kNick + kStatus + 64;  // the largest, with its numbers
inline constexpr std::size_t kProfilesPerFrame = 1'500;
static_assert(kProfilesPerFrame * kProfileBytes <= kServerFrame);
// A room in somebody's list: the largest with neither topic nor mentions, and with both.
inline constexpr std::size_t kBareRoomBytes = kRoomName + kGroupPeople * 8 + 400;
inline constexpr std::size_t kRoomBytes = kBareRoomBytes + kRoomTopic + kMentionsListed * 10;
inline constexpr std::size_t kAccountEventsPerFrame = 256;
static_assert(kAccountEventsPerFrame * kRoomBytes <= kServerFrame, "an event may bring a room");
inline constexpr std::size_t kMentionsOfMany = 3;  // listed of each room where all rooms of a person would not fit
static_assert(kRoomsListed * (kBareRoomBytes + kMentionsOfMany * 10) <= kServerFrame);
inline constexpr std::size_t kPresencePerFrame = 20'000;
inline constexpr std::size_t kTypingPerFrame = 16;  // more names are not shown together
// Who watches a room gets one frame of presence and one of typing in this time at most, whatever its members do; who
// does not watch it gets none.
inline constexpr auto kNewsOfPeopleEvery = 1s;
inline constexpr std::size_t kEventsPerFrame = 4'096;
inline constexpr std::uint64_t kSyncEvents = 20'000;  // further behind than this: reload the room
inline constexpr std::size_t kSyncPage = 1'000;       // events read from the store in one step of a sync

// --- marks and emoji in a message's text (shared/text/markup, shared/text/emoji): beyond these, text stays text
inline constexpr std::size_t kMarkedSpans = 2'000;    // that are bold, a link, a mention … of one text
inline constexpr std::size_t kQuoteDepth = 8;         // quotes within quotes
inline constexpr std::size_t kListDepth = 8;          // lists within lists; what is deeper is shown at this depth
inline constexpr std::size_t kLinkAddress = 2'048;    // of [text](address)
inline constexpr std::size_t kBracketsInAddress = 8;  // pairs within each other
inline constexpr std::size_t kCodeLanguage = 32;      // the word after ```
inline constexpr std::size_t kEmojiDrawnLarge = 10;   // a message of so many and nothing else
inline constexpr std::size_t kEmojiParts = 8;         // joined in one: more are several
inline constexpr std::size_t kEmojiQuery = 64;        // bytes that are searched for; the rest is not looked at
inline constexpr std::size_t kShortcode = 64;         // what is longer is none

// --- operations
inline constexpr std::size_t kUnansweredPerSession = 64;
inline constexpr std::size_t kUnconfirmedPerOutbox = 1'024;
inline constexpr std::size_t kOutboxesPerSession = 64;  // whose order go-back-N keeps
inline constexpr std::size_t kOutboxesPerPerson = 256;  // whose unconfirmed results are kept; each tab has one
inline constexpr std::size_t kConfirmEvery = 16;        // the client confirms results in steps of this
inline constexpr std::size_t kHeldBackOutboxes = 16'384;
inline constexpr std::size_t kOutboxEntries = 1'000;      // unsent operations of one client
inline constexpr std::size_t kAdoptedOutboxes = 32;       // that a client sends from at once
inline constexpr std::size_t kAdoptedOperations = 4'000;  // in all of them, unless one alone holds more
inline constexpr auto kStoreAnswer = 3s;  // no word from the host's storage for this long: it cannot keep anything

// --- what a client leaves for its next start
inline constexpr std::size_t kSavedMessages = 50;              // of one room, the newest
inline constexpr std::size_t kSavedMessageBytes = 512 * 1024;  // content in all rooms: those talked in last come first
inline constexpr std::size_t kSavedOperations = 256;           // of one's own messages that were heard last
inline constexpr std::size_t kSavedPeople = 5'000;
inline constexpr auto kSaveViewEvery = 2s;                    // at most, while something changes
inline constexpr std::size_t kOutboxFile = 32 * 1024 * 1024;  // written anew when it grows above this
inline constexpr std::size_t kDraft = 64 * 1024;              // what is typed and not sent, of one room

// --- queues
inline constexpr std::size_t kConnectionOutbox = 1024 * 1024;  // a reader slower than this is cut
inline constexpr std::size_t kOutboxFrames = 4'096;
inline constexpr std::size_t kShardOutboxMemory = 128 * 1024 * 1024;  // beyond it the slowest readers are cut
inline constexpr std::size_t kReadPauseAbove = 256 * 1024;  // reading from a client stops while its answers pile up
inline constexpr std::size_t kStoreQueueBytes = 16 * 1024 * 1024;
inline constexpr std::size_t kStoreQueueEntries = 16'384;
inline constexpr std::size_t kStoreBatchEntries = 2'048;
inline constexpr std::size_t kReadQueueEntries = 16'384;
inline constexpr std::size_t kPasswordQueue = 64;
inline constexpr std::size_t kShardQueueEntries = 262'144;  // beyond it the shard's room subscribers are cut to resume
inline constexpr std::size_t kCatchingUpAtOnce = 2;  // rooms whose missing events one connection is sent at a time
inline constexpr std::size_t kRoomWaiters = 16'024;  // requests that wait for a room to be loaded
inline constexpr std::size_t kRecentEventsPerRoom = 256;
inline constexpr std::size_t kRecentBytesPerRoom = 64 * 1024;
inline constexpr auto kRoomIdleTime =
    60s;  // a room that nobody hears or asks for is forgotten after one to two of these
inline constexpr std::size_t kClientHeldEvents = 10'000;  // live events a client holds while a gap is filled

inline constexpr std::size_t kTimelineMessages = 5'000;  // of one room, kept by a client
inline constexpr std::size_t kTimelineChanges = 1'000;   // likewise, of the room itself
inline constexpr std::size_t kMessagesBeside = 1'000;  // of one room, outside its timeline: beyond it the newest alone
inline constexpr std::size_t kMentionChanges = 5'000;  // of one room, that a client remembers since it was listed
inline constexpr std::size_t kClientPeople = 200'000;  // profiles a client keeps
inline constexpr std::size_t kClientDirectory = 10'000;  // rooms of the directory a client keeps
inline constexpr std::size_t kClientQueries = 256;       // unanswered queries of a client
inline constexpr std::size_t kClientNotices = 65'536;    // not taken by the program: the oldest are dropped
inline constexpr std::size_t kPeopleSeen = 1'000;        // whose last seen a client keeps
inline constexpr std::size_t kTypingPeople = 64;         // shown as typing in one room

// --- what a client offers while somebody types or looks for something
inline constexpr std::size_t kOffered = 8;             // for the word at the cursor
inline constexpr std::size_t kGoals = 50;              // rooms and people to go to
inline constexpr std::size_t kToldWithoutAsking = 20;  // people whom @here and @all tell before it is asked whether to
inline constexpr std::size_t kEmojiFound = 90;         // of a picker's search
inline constexpr std::size_t kEmojiRemembered = 27;    // that were used lately

// --- the store and sign-in
inline constexpr std::size_t kReaderThreads = 2;
inline constexpr std::size_t kTokensPerPerson = 64;  // the oldest makes room for the newest
inline constexpr std::uint64_t kFullCheckBytes =
    256ull * 1024 * 1024;                   // a larger database is checked in its outline only
inline constexpr int kSettleAttempts = 60;  // tries to learn what became of a commit, kSettlePause apart
inline constexpr auto kSettlePause = 500ms;
inline constexpr auto kStoreProbe = 1s;  // while commits fail and nothing is asked
inline constexpr auto kDatabaseBusyTime = 5s;
inline constexpr std::size_t kPasswordThreads = 2;
inline constexpr std::size_t kLoginEntries = 65'536;  // accounts and addresses whose tries are counted

// --- connections
inline constexpr std::size_t kHttpHead = 16 * 1024;
inline constexpr std::size_t kHttpHeaders = 64;
inline constexpr std::size_t kHttpTarget = 8 * 1024;
inline constexpr std::size_t kWebFile = 64 * 1024 * 1024;  // one file of the web client
inline constexpr std::size_t kHttpPiece = 64 * 1024;       // written to a socket at a time
inline constexpr std::size_t kReadBuffer = 64 * 1024;      // one per shard
inline constexpr std::size_t kWritePieces = 256;           // frames gathered in one write
inline constexpr std::size_t kUserAgent = 256;
inline constexpr int kAcceptBacklog = 4'096;
inline constexpr int kAcceptsPerTurn = 64;
inline constexpr auto kAcceptPause = 200ms;  // after the system had no descriptor left
inline constexpr std::size_t kConnections = 60'000;
inline constexpr std::size_t kConnectionsPerAddress = 256;  // loopback is exempt
inline constexpr std::size_t kReservedDescriptors = 64;     // kept for the store and the log

inline constexpr auto kHttpHeadTime = 5s;
inline constexpr auto kHttpIdleTime = 15s;
inline constexpr auto kHttpStallTime = 30s;  // a download that takes no byte for this long is cut
inline constexpr auto kMessageTime = 30s;    // an unfinished WebSocket message
inline constexpr auto kLoginTime = 30s;
inline constexpr auto kOutboxStallTime = 30s;
inline constexpr auto kPingEvery = 25s;
inline constexpr auto kPeerSilence = 38s;  // and asked kPeerSilence - kPingEvery ago; gone within 45 s
inline constexpr auto kCloseTime = 3s;
inline constexpr auto kLingerTime = 2s;                       // for the peer to read our last words
inline constexpr std::size_t kLingerBytes = 8 * 1024 * 1024;  // thrown away meanwhile
inline constexpr auto kLongWrite = 500us;                     // to all who are told something; after it a shard gathers
inline constexpr int kRestPerWrite = 3;                       // for so many times as long
inline constexpr auto kMostRest = 8ms;                        // and no longer
inline constexpr auto kSweepEvery = 1s;                       // deadlines of connections are looked at this often
inline constexpr auto kShutdownTime = 4s;

// --- the client's clock
inline constexpr auto kServerSilence =
    32s;                                   // no beat for this long: the connection is dead, and closed kCloseTime later
inline constexpr auto kOpeningTime = 12s;  // from the first try to the greeting; and for the answer to a resume
inline constexpr auto kReconnectFirst = 500ms;
inline constexpr auto kReconnectSoon = 4s;  // no wait is longer in the first half minute away
inline constexpr auto kReconnectLongest = 30s;
inline constexpr auto kIdleAfter = 5min;  // a device that nobody has touched for so long reports away
inline constexpr auto kTypingEvery = 4s;
inline constexpr auto kTypingShown = 6s;
inline constexpr auto kConnectionLasted = 10s;  // after this the back-off starts anew
inline constexpr auto kProbeAnswer = 5s;        // how long a beat may take once the network is back
inline constexpr auto kMarkReadEvery = 1s;

// --- rates (token buckets: per second, burst), per person
struct Rate {
    double per_second;
    double burst;
};
inline constexpr Rate kPostRate{10, 30};
inline constexpr Rate kChangeRate{2, 20};
inline constexpr Rate kQueryRate{20, 100};
inline constexpr Rate kNoticeRate{2, 10};
inline constexpr Rate kMarkRate{5, 50};
// Frames of one connection, whatever they say. Beyond it nothing is refused: they are read later.
inline constexpr Rate kFrameRate{200, 2'000};
inline constexpr Rate kLoginPerAccount{5.0 / 60, 5};
inline constexpr Rate kLoginPerAddress{100.0 / 3600, 20};

}  // namespace parley::limits
