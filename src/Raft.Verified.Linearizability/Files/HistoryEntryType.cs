namespace Raft.Verified.Linearizability.Files;

/// <summary>The types of the entries of a history, with Jepsen's names.</summary>
internal enum HistoryEntryType
{
    /// <summary>A call.</summary>
    Invoke,

    /// <summary>A return: the operation took effect.</summary>
    Ok,

    /// <summary>A return: the operation did not take effect.</summary>
    Fail,

    /// <summary>The client gave up. The operation may have taken effect, may do so later, or never does.</summary>
    Info,
}
