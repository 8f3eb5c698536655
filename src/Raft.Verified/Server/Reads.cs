using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>A linearizable read.</summary>
/// <param name="Index">The last entry that the state machine had applied when it was read.</param>
/// <param name="Value">What the query returned.</param>
public sealed record ReadResult<T>(LogIndex Index, T Value);

/// <summary>Why a read was refused.</summary>
public enum ReadRefusalReason
{
    /// <summary>This server is not the leader.</summary>
    NotLeader,

    /// <summary>
    /// This server leads, but has no entry of its own term and does not know what is committed. Only where the empty entry of an election is turned off;
    /// a proposal helps.
    /// </summary>
    NothingProposedInTerm,

    /// <summary>This server was deposed before it had confirmed that it still led.</summary>
    LeadershipLost,

    /// <summary>The server stopped.</summary>
    Stopped,
}

/// <summary>A read was refused. Reads have no effect: trying again is always safe.</summary>
/// <param name="reason">Why.</param>
/// <param name="leader">The leader as far as this server knows, to try next; possibly none.</param>
public sealed class ReadRefusedException(ReadRefusalReason reason, ServerId leader)
    : Exception($"read refused: {Describe(reason)}{(leader.IsNone ? "; no leader is known" : $"; the leader is {leader}")}")
{
    /// <summary>Why.</summary>
    public ReadRefusalReason Reason { get; } = reason;

    /// <summary>The leader as far as the server knows; possibly none.</summary>
    public ServerId Leader { get; } = leader;

    private static string Describe(ReadRefusalReason reason) => reason switch
    {
        ReadRefusalReason.NotLeader => "this server is not the leader",
        ReadRefusalReason.NothingProposedInTerm => "this leader has no entry of its own term yet, and appends no empty one",
        ReadRefusalReason.LeadershipLost => "this server was deposed before it could answer",
        _ => "the server stopped",
    };
}
