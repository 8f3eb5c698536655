namespace Raft.Verified.Server;

internal enum InputKind
{
    ElectionTimeout,
    HeartbeatTimeout,
    Message,
    RefusedMessage,
    Proposal,
    Read,
    Compaction,
    WriteCompleted,
}
