using Raft.Verified.Cli.Commands;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Protocol;
using Raft.Verified.Specifications.Evidence;

namespace Raft.Verified.Cli.Show;

/// <summary>A recorded run and what to say of it.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="Servers">How many servers there are.</param>
/// <param name="Events">Every event.</param>
/// <param name="Messages">Every message.</param>
/// <param name="Status">How the replay ended.</param>
/// <param name="Difference">What differs from the schedule; null when nothing does.</param>
/// <param name="Property">The property that was violated; what the schedule says when the run diverged.</param>
/// <param name="Message">What contradicts it; likewise.</param>
/// <param name="Text">What the property says.</param>
/// <param name="Violating">The event at which the violation was found; -1 when there is none.</param>
/// <param name="Evidence">The events that the violation is made of.</param>
internal sealed record Trace(
    Schedule Schedule, int Servers, IReadOnlyList<TracedEvent> Events, IReadOnlyList<TracedMessage> Messages, TraceStatus Status, string? Difference,
    string Property, string Message, PropertyText Text, int Violating, IReadOnlyList<EvidencePoint> Evidence)
{
    /// <summary>How many events came before those that are shown; 0 when all are.</summary>
    public int LeftOut { get; init; }

    /// <summary>The same run with only its last events. States that earlier events told are unknown then.</summary>
    /// <param name="count">How many events to show, the last ones.</param>
    public Trace Last(int count)
    {
        int skipped = Events.Count - count;
        Dictionary<int, int> places = [];
        List<TracedMessage> messages = [];
        List<TracedEvent> events = [];
        for (int i = skipped; i < Events.Count; i++)
        {
            TracedEvent traced = Events[i];
            if (traced.Message >= 0 && !places.ContainsKey(traced.Message))
            {
                places.Add(traced.Message, messages.Count);
                messages.Add(Messages[traced.Message].Since(skipped));
            }

            events.Add(traced with { Message = traced.Message < 0 ? -1 : places[traced.Message] });
        }

        return this with
        {
            Events = events,
            Messages = messages,
            LeftOut = LeftOut + skipped,
            Violating = Violating < 0 ? -1 : Violating - skipped,
            Evidence = [.. Evidence.Where(point => point.Event >= skipped).Select(point => point with { Event = point.Event - skipped })],
        };
    }

    public static Trace Of(ScheduleInput input, TraceRecorder recorder, ReplayOutcome outcome, string? difference)
    {
        ScheduleHeader header = input.Schedule.Header;
        string property = outcome.Property ?? header.Property;
        int violating = outcome.Property is null ? -1 : LastEvent(recorder.Events);
        return new Trace(
            input.Schedule,
            input.Scenario.Cluster.Servers,
            recorder.Events,
            recorder.Messages,
            outcome.Divergence is not null ? TraceStatus.Diverged : difference is not null ? TraceStatus.Different : TraceStatus.Reproduced,
            difference,
            property,
            outcome.Message ?? header.Message,
            PropertyText.Of(property),
            violating,
            violating < 0 ? [] : FindEvidence(property, recorder.Events, violating));
    }

    private static int LastEvent(IReadOnlyList<TracedEvent> events)
    {
        int last = events.Count - 1;
        while (last >= 0 && events[last].Timer is not null)
        {
            last--;
        }

        return last;
    }

    // Timers are no events of the stream: places are counted without them, and then with them again.
    private static List<EvidencePoint> FindEvidence(string property, IReadOnlyList<TracedEvent> events, int violating)
    {
        List<RaftEvent> stream = [];
        List<int> places = [];
        for (int i = 0; i <= violating; i++)
        {
            if (events[i].Timer is null)
            {
                stream.Add(events[i].Event);
                places.Add(i);
            }
        }

        return [.. ViolationEvidence.Of(property, stream, stream.Count - 1).Select(point => point with { Event = places[point.Event] })];
    }
}
