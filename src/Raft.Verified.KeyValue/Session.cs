using Raft.Verified.Protocol;

namespace Raft.Verified.KeyValue;

/// <summary>One client's session.</summary>
/// <param name="number">The position of the entry that opened it.</param>
internal sealed class Session(long number)
{
    public long Number { get; } = number;

    /// <summary>The last operation carried out; 0 before the first.</summary>
    public long LastSequence { get; set; }

    /// <summary>The answer to the last operation. It has no value, so a session has a fixed size.</summary>
    public KeyValueReply LastReply { get; set; } = new(KeyValueStatus.Ok);

    /// <summary>The last entry of the log that belongs to this session.</summary>
    public LogIndex LastActive { get; set; }
}
