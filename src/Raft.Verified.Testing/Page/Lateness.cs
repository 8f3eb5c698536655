namespace Raft.Verified.Testing.Page;

/// <summary>The reasons why an arrival counts as late.</summary>
[Flags]
internal enum Lateness
{
    /// <summary>The arrival is not late.</summary>
    None = 0,

    /// <summary>The term of the receiver was newer than that of the message.</summary>
    OlderTerm = 1,

    /// <summary>The receiver had already got a message that the same sender sent later.</summary>
    Overtaken = 2,
}
