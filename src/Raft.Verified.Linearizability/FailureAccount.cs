using System.Globalization;
using System.Text;

namespace Raft.Verified.Linearizability;

/// <summary>
/// The explanation why a part of a history is not linearizable: the end of the longest order found, and the reason why
/// no operation fits after it.
/// </summary>
internal sealed class FailureAccount<TState, TCommand, TAnswer>(
    SequentialModel<TState, TCommand, TAnswer> model, string part, IReadOnlyList<HistoryOperation<TCommand, TAnswer>> operations, string position,
    LinearizationSearch<TState, TCommand, TAnswer> search)
    where TState : notnull
{
    private const int ShownOfOrder = 5;

    private const int MaxText = 100;

    private const int ShownInFront = 30;

    private const string CannotBe = "no operation called before this answer arrived can explain it";

    private readonly Dictionary<HistoryOperation<TCommand, TAnswer>, int> _indexOf = [];
    private Observations<TState, TCommand, TAnswer>? _rules; // With the longest order placed.
    private bool _isRulesKnown;
    private int _judged;

    /// <summary>Returns the name of a part for the beginning of a line.</summary>
    /// <param name="part">The part; empty when the history has only one.</param>
    public static string NameOf(string part) => part.Length == 0 ? "the history" : $"key \"{part}\"";

    /// <summary>Returns the explanation as text of a few lines.</summary>
    public string Text()
    {
        StringBuilder text = new();
        if (search.Unexplained is { } unexplained && !search.NextAfterLongest.Contains(unexplained))
        {
            text.Append(CultureInfo.InvariantCulture, $"{NameOf(part)}: {CannotBe}\n");
            AppendLine(text, unexplained, "");
            return text.ToString().TrimEnd('\n');
        }

        IReadOnlyList<HistoryOperation<TCommand, TAnswer>> order = search.LongestOrder;
        text.Append(CultureInfo.InvariantCulture, $"{NameOf(part)}: the longest order found has {order.Count} of {operations.Count} operations");
        text.Append(order.Count > ShownOfOrder ? ", at its end\n" : order.Count > 0 ? "\n" : "");
        foreach (HistoryOperation<TCommand, TAnswer> placed in order.Skip(order.Count - ShownOfOrder))
        {
            AppendLine(text, placed, "");
        }

        string state = Shorten($"{search.StateAfterLongest}");
        text.Append(order.Count == 0 ? "; " : "  ").Append(CultureInfo.InvariantCulture, $"then the state is {state}, and none of these can come next\n");
        int unseen = 0;
        foreach (HistoryOperation<TCommand, TAnswer> candidate in search.NextAfterLongest)
        {
            if (candidate.Return is null)
            {
                unseen++;
                continue;
            }

            AppendLine(text, candidate, $"; {ReasonOf(candidate)}");
        }

        if (unseen > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {Unanswered(unseen)} could also take effect here, but no choice makes the history linearizable\n");
        }

        return text.ToString().TrimEnd('\n');
    }

    /// <summary>Returns the explanation in parts, for drawing.</summary>
    public LinearizabilityFailure Failure()
    {
        HistoryOperation<TCommand, TAnswer>[] sorted = [.. operations.OrderBy(operation => operation.Call)];
        Dictionary<HistoryOperation<TCommand, TAnswer>, int> numbers = [];
        for (int i = 0; i < sorted.Length; i++)
        {
            numbers.Add(sorted[i], i);
        }

        IReadOnlyList<HistoryOperation<TCommand, TAnswer>> next = search.Unexplained is { } unexplained && !search.NextAfterLongest.Contains(unexplained)
            ? [unexplained]
            : search.NextAfterLongest;
        return new LinearizabilityFailure(
            part,
            [.. sorted.Select(operation => new FailureOperation(
                operation.Client, $"{Shorten($"{operation.Command}")}{AnswerOf(operation)}", operation.Call, operation.Return))],
            [.. search.LongestOrder.Select(operation => numbers[operation])],
            Shorten($"{search.StateAfterLongest}"),
            [.. next.Select(operation => new FailureCandidate(numbers[operation], ReasonOf(operation)))]);
    }

    // The reason why an operation that fits here leads to a dead end. If the model's rules can tell, the reason names a
    // later answer that no order explains any more.
    private string WhyNowhere(HistoryOperation<TCommand, TAnswer> candidate)
    {
        if (!_isRulesKnown)
        {
            (_isRulesKnown, _rules) = (true, Observations<TState, TCommand, TAnswer>.Of(model, operations));
            for (int i = 0; _rules is not null && i < operations.Count; i++)
            {
                _indexOf.Add(operations[i], i);
            }

            foreach (HistoryOperation<TCommand, TAnswer> placed in _rules is null ? [] : search.LongestOrder)
            {
                _rules!.Place(_indexOf[placed]);
            }
        }

        if (_rules is null)
        {
            return "fits here, but no order continues after it";
        }

        int index = _indexOf[candidate];
        _rules.Place(index);
        HistoryOperation<TCommand, TAnswer>? lost = _rules.Lost(_judged++, model.Step(search.StateAfterLongest, candidate.Command).State);
        _rules.TakeBack(index);
        return lost is null ? "fits here, but no order continues after it" : $"fits here, but no order after it explains {Where(lost)}: {Shorten($"{lost.Command}")}{AnswerOf(lost)}";
    }

    private string Where(HistoryOperation<TCommand, TAnswer> operation) => operation.Return is { } end
        ? string.Create(CultureInfo.InvariantCulture, $"{position}s {operation.Call} to {end}, client {operation.Client}")
        : string.Create(CultureInfo.InvariantCulture, $"{position} {operation.Call}, client {operation.Client}");

    private string ReasonOf(HistoryOperation<TCommand, TAnswer> candidate)
    {
        if (ReferenceEquals(candidate, search.Unexplained) && !search.NextAfterLongest.Contains(candidate))
        {
            return CannotBe;
        }

        if (candidate.Return is null)
        {
            return "has no answer; the history is not linearizable with or without its effect";
        }

        TAnswer answer = model.Step(search.StateAfterLongest, candidate.Command).Answer;
        return model.Accepts(candidate.Answer!, answer) ? WhyNowhere(candidate) : $"here the answer would be {Shorten($"{answer}")}";
    }

    private static string Unanswered(int count) => count == 1
        ? "1 unanswered operation"
        : string.Create(CultureInfo.InvariantCulture, $"{count} unanswered operations");

    private static string AnswerOf(HistoryOperation<TCommand, TAnswer> operation) =>
        operation.Return is null ? ", unanswered" : $" -> {Shorten($"{operation.Answer}")}";

    private void AppendLine(StringBuilder text, HistoryOperation<TCommand, TAnswer> operation, string remark)
    {
        text.Append(CultureInfo.InvariantCulture, $"    {Where(operation)}: {Shorten($"{operation.Command}")}{AnswerOf(operation)}{remark}\n");
    }

    // The end of a long text is the most informative part, because values grow there.
    private static string Shorten(string text) => text.Length <= MaxText
        ? text
        : $"{text.AsSpan(0, ShownInFront)}[...]{text.AsSpan(text.Length - (MaxText - ShownInFront))}";
}
