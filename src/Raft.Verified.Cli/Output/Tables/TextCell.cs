namespace Raft.Verified.Cli.Output.Tables;

/// <summary>A cell of a table.</summary>
/// <param name="Text">The text, without line ends.</param>
/// <param name="Paint">The style of the text.</param>
internal readonly record struct TextCell(string Text, Paint Paint = Paint.None);
