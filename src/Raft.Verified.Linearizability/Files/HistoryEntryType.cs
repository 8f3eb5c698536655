namespace Raft.Verified.Linearizability.Files;

/// <summary>The types of a history's entries, as Jepsen has them.</summary>
internal enum HistoryEntryType
{
    /// <summary>A call.</summary>
    Invoke,

    /// <summary>A return: the operation took effect.</summary>
    Ok,

    /// <summary>A return: the operation did not take effect.</summary>
    Fail,

    /// <summary>The client gave up; the operation took effect, or will, or never does.</summary>
    Info,
}
