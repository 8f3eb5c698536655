using Raft.Verified.Protocol;
using Raft.Verified.Testing.Text;

namespace Raft.Verified.Testing.Log;

/// <summary>One event in the readable log.</summary>
/// <param name="Step">The number of the decision that caused the event; null when the line before has the same.</param>
/// <param name="Time">The virtual time of the event.</param>
/// <param name="Server">The server of the event; none for clients and network.</param>
/// <param name="Text">The text, without control characters.</param>
/// <param name="Paint">The style of the text.</param>
/// <param name="Borders">The borders of all servers, one character each.</param>
internal readonly record struct LogLine(int? Step, TimeSpan Time, ServerId Server, string Text, Paint Paint, string Borders);
