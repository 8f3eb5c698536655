namespace Raft.Verified.Cli.Show;

/// <summary>Why an arrival counts as late.</summary>
[Flags]
internal enum Lateness
{
    None = 0,

    /// <summary>The receiver had moved to a newer term than the message's.</summary>
    OlderTerm = 1,

    /// <summary>The receiver had got a younger message of the same sender.</summary>
    Overtaken = 2,
}
