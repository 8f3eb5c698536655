using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Protocol;
using Raft.Verified.Simulation;
using Raft.Verified.Specifications.Evidence;

namespace Raft.Verified.Testing.Page;

/// <summary>A recorded run, with the verdict about it.</summary>
/// <param name="Schedule">The schedule of the run.</param>
/// <param name="Servers">The number of servers.</param>
/// <param name="Events">The events, in order.</param>
/// <param name="Messages">The messages, in the order of their first events.</param>
/// <param name="Status">The result of the replay.</param>
/// <param name="Difference">The difference from the schedule; null when the violation was reproduced.</param>
/// <param name="Property">
/// The name of the violated property; when the run diverged, that of the schedule. Empty when nothing is violated.
/// </param>
/// <param name="Message">The message of the violation; when the run diverged, that of the schedule.</param>
/// <param name="Text">The explanation of the property.</param>
/// <param name="Violating">The index of the event that violates the property; -1 when there is none.</param>
/// <param name="Evidence">The events that explain the violation.</param>
internal sealed record Trace(
    Schedule Schedule, int Servers, IReadOnlyList<TracedEvent> Events, IReadOnlyList<TracedMessage> Messages, TraceStatus Status, string? Difference,
    string Property, string Message, PropertyText Text, int Violating, IReadOnlyList<EvidencePoint> Evidence)
{
    /// <summary>The command line that replays the schedule; null when there is none to show.</summary>
    public string? ReplayCommand { get; init; }

    /// <summary>The description of the seeded bug that the schedule names; null when it is not known, or for none.</summary>
    public string? MutantTitle { get; init; }

    /// <summary>The number of events that were left out at the beginning; 0 when the recording is complete.</summary>
    public int LeftOut { get; init; }

    /// <summary>
    /// Returns the run with only its last events. State that results from earlier events is then unknown.
    /// </summary>
    /// <param name="count">The number of events to keep.</param>
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

    /// <summary>Returns the recorded run of a replay.</summary>
    /// <param name="schedule">The schedule that was replayed.</param>
    /// <param name="scenario">The scenario of the schedule.</param>
    /// <param name="recorder">The recorder that observed the replay.</param>
    /// <param name="outcome">The outcome of the replay.</param>
    /// <param name="difference">The difference from the schedule; null when the violation was reproduced.</param>
    public static Trace Of(Schedule schedule, Scenario scenario, TraceRecorder recorder, ReplayOutcome outcome, string? difference)
    {
        ScheduleHeader header = schedule.Header;
        string property = outcome.Property ?? header.Property;
        int violating = outcome.Property is null ? -1 : LastEvent(recorder.Events);
        return new Trace(
            schedule,
            scenario.Cluster.Servers,
            recorder.Events,
            recorder.Messages,
            outcome.Divergence is not null ? TraceStatus.Diverged : difference is not null ? TraceStatus.Different : header.HasViolation ? TraceStatus.Reproduced : TraceStatus.Clean,
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

    // Timers are recorded, but are not events of the stream. So indexes are converted to those without timers, and
    // back.
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
