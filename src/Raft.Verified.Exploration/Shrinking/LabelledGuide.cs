using System.Text.RegularExpressions;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;

namespace Raft.Verified.Exploration.Shrinking;

/// <summary>
/// A guide for the operations of a schedule that another build may have written, which are recognised by their labels.
/// Slow; for single runs.
/// </summary>
internal sealed partial class LabelledGuide : Guide
{
    private readonly List<(string Label, string Likeness, List<RecordedDraw> Draws)> _steps = [];
    private readonly Dictionary<string, Queue<int>> _places = [];
    private readonly List<string> _ready = [];
    private bool _isReadyKnown;

    public LabelledGuide(IReadOnlyList<Decision> decisions)
    {
        foreach (Decision decision in decisions)
        {
            if (decision.IsStep)
            {
                Place(decision.Label, _steps.Count);
                _steps.Add((decision.Label, LikenessOf(decision.Label), []));
            }
            else if (_steps.Count > 0)
            {
                _steps[^1].Draws.Add(new RecordedDraw(decision.Label, decision.Of, decision.Value));
            }
        }
    }

    public override int Count => _steps.Count;

    public override void BeginStep() => _isReadyKnown = false;

    public override IReadOnlyList<RecordedDraw> DrawsOf(int index) => _steps[index].Draws;

    public override int Find(ReadyOperations ready, int index)
    {
        LearnReady(ready);
        (string label, string likeness, _) = _steps[index];
        int found = OldestOf(ready, i => _ready[i] == label);
        return found >= 0 ? found : OldestOf(ready, i => LikenessOf(_ready[i]) == likeness);
    }

    public override (int Choice, int Index) FindFirst(ReadyOperations ready, int from)
    {
        LearnReady(ready);
        (int choice, int index) = (-1, int.MaxValue);
        for (int i = 0; i < _ready.Count; i++)
        {
            if (!_places.TryGetValue(_ready[i], out Queue<int>? places))
            {
                continue;
            }

            while (places.TryPeek(out int passed) && passed < from)
            {
                places.Dequeue();
            }

            if (places.TryPeek(out int place) && place < index)
            {
                (choice, index) = (i, place);
            }
        }

        if (choice >= 0)
        {
            _places[_ready[choice]].Dequeue();
        }

        return (choice, index);
    }

    // A message by its sender, kind and receiver. Any other operation by its text, without numbers except those of servers and clients.
    private static string LikenessOf(string label)
    {
        if (Message().Match(label) is { Success: true } message)
        {
            return message.Value + Copy().Match(label).Value;
        }

        return Numbers().Replace(label, "0");
    }

    private void Place(string label, int index)
    {
        if (!_places.TryGetValue(label, out Queue<int>? places))
        {
            _places[label] = places = [];
        }

        places.Enqueue(index);
    }

    private void LearnReady(ReadyOperations ready)
    {
        if (_isReadyKnown)
        {
            return;
        }

        _ready.Clear();
        for (int i = 0; i < ready.Count; i++)
        {
            _ready.Add(OperationNames.Of(in ready.At(i)));
        }

        _isReadyKnown = true;
    }

    private static int OldestOf(ReadyOperations ready, Func<int, bool> fits)
    {
        (int choice, int oldest) = (-1, int.MaxValue);
        for (int i = 0; i < ready.Count; i++)
        {
            int order = ready.At(i).Order;
            if (order < oldest && fits(i))
            {
                (choice, oldest) = (i, order);
            }
        }

        return choice;
    }

    [GeneratedRegex(@"^S[0-9]+->S[0-9]+ \w+")]
    private static partial Regex Message();

    [GeneratedRegex(@" \(\w+\)$")]
    private static partial Regex Copy();

    [GeneratedRegex(@"(?<![S0-9]|client )[0-9]+")]
    private static partial Regex Numbers();
}
