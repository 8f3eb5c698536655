namespace Raft.Verified.Specifications.Linearizability.Files;

/// <summary>What a line of a history tells.</summary>
internal enum HistoryLineKind
{
    /// <summary>A call.</summary>
    Invoke,

    /// <summary>A return with an answer.</summary>
    Answer,

    /// <summary>The client gave up; the call took effect or not.</summary>
    Unknown,

    /// <summary>The call is known to have had no effect, and told nothing.</summary>
    NoEffect,
}

/// <summary>A line of a history, understood.</summary>
/// <param name="Client">The client.</param>
/// <param name="Kind">What the line tells.</param>
/// <param name="Function">The name of what was called.</param>
/// <param name="Command">What was called; of a return, null where the line does not repeat it.</param>
/// <param name="Answer">The answer; means something to <see cref="HistoryLineKind.Answer"/> only.</param>
internal readonly record struct HistoryLine<TCommand, TAnswer>(int Client, HistoryLineKind Kind, string Function, TCommand? Command, TAnswer? Answer)
    where TCommand : struct;

/// <summary>A line says something that its format does not allow.</summary>
internal sealed class HistoryLineException(string problem) : Exception(problem);
