using Raft.Verified.Specifications.Linearizability.Models;

namespace Raft.Verified.Specifications.Linearizability.Files;

/// <summary>A history read from a file, ready to be checked against the model it was recorded from.</summary>
public sealed class RecordedHistory
{
    private static readonly (string Model, Func<string, IEnumerable<string>, Func<LinearizabilityReport>> Read)[] Formats =
    [
        (RegisterModel.Instance.Name, Reader(RegisterModel.Instance, RegisterLines.Parse, RegisterLines.FunctionOf)),
        (KeyValueModel.Instance.Name, Reader(KeyValueModel.Instance, KeyValueLines.Parse, KeyValueLines.FunctionOf)),
        (VersionedModel.Instance.Name, Reader(VersionedModel.Instance, VersionedLines.Parse, VersionedLines.FunctionOf)),
    ];

    private readonly Func<LinearizabilityReport> _check;

    private RecordedHistory(Func<LinearizabilityReport> check) => _check = check;

    /// <summary>The names of the models, each with a format of its own: see the README of the specifications.</summary>
    public static IReadOnlyList<string> Models { get; } = [.. Formats.Select(format => format.Model)];

    /// <summary>Reads a history.</summary>
    /// <param name="model">One of <see cref="Models"/>.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="lines">The file's lines.</param>
    /// <exception cref="ArgumentException">There is no such model.</exception>
    /// <exception cref="HistoryFormatException">A line cannot be understood, a return has no call, or a client has two open calls.</exception>
    public static RecordedHistory Read(string model, string file, IEnumerable<string> lines)
    {
        foreach ((string name, Func<string, IEnumerable<string>, Func<LinearizabilityReport>> read) in Formats)
        {
            if (name == model)
            {
                return new RecordedHistory(read(file, lines));
            }
        }

        throw new ArgumentException($"unknown model '{model}'; expected one of {string.Join(", ", Models)}", nameof(model));
    }

    /// <summary>Checks the history. Its account speaks of the file's lines.</summary>
    public LinearizabilityReport Check() => _check();

    private static Func<string, IEnumerable<string>, Func<LinearizabilityReport>> Reader<TState, TCommand, TAnswer>(
        SequentialModel<TState, TCommand, TAnswer> model, Func<string, HistoryLine<TCommand, TAnswer>> parse, Func<TCommand, string> functionOf)
        where TState : notnull
        where TCommand : struct => (file, lines) =>
    {
        IReadOnlyList<HistoryOperation<TCommand, TAnswer>> operations = HistoryReader<TCommand, TAnswer>.Read(file, lines, parse, functionOf);
        return () => LinearizabilityChecker.Check(model, operations, "line");
    };
}
