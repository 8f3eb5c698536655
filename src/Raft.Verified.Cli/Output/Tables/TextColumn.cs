namespace Raft.Verified.Cli.Output.Tables;

/// <summary>A column of a table.</summary>
/// <param name="Heading">The heading.</param>
/// <param name="Rank">
/// The order in which columns are left out when a terminal is too narrow, the greatest rank first; columns of the same
/// rank go together. Columns of rank 0 always stay.
/// </param>
/// <param name="IsNumber">True to align the column to the right.</param>
/// <param name="Wrap">
/// The width in characters to which the column may shrink before another one is left out: its text then breaks between
/// words. 0 for a column that never breaks.
/// </param>
internal sealed record TextColumn(string Heading, int Rank = 0, bool IsNumber = false, int Wrap = 0);
