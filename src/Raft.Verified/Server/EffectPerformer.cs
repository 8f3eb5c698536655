using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>
/// The part that carries out the core's effects in the order that <see cref="Effects"/> states. Only the task that owns
/// the core calls it.
/// </summary>
internal sealed class EffectPerformer(RaftEnvironment environment, DiskWriter disk, Outbox outbox, Applier applier, ReadWaiters readWaiters, ServerTimers timers)
{
    /// <summary>Carries out the effects of one input.</summary>
    /// <param name="core">The core, after the input.</param>
    /// <param name="effects">The effects that the core asks for.</param>
    /// <param name="input">The input.</param>
    public void Perform(RaftCore core, Effects effects, in CoreInput input)
    {
        environment.Inputs?.Took(in input, core, effects);
        if (effects.Write is { } write)
        {
            disk.Queue.Add(write);
        }

        for (int i = 0; i < effects.Messages.Count; i++)
        {
            outbox.Send(effects.Messages[i]);
        }

        if (effects.Restore is { } snapshot)
        {
            applier.Queue.Add(new ApplyStep(Restore: snapshot));
        }

        for (int i = 0; i < effects.Committed.Count; i++)
        {
            applier.Queue.Add(new ApplyStep(Entry: effects.Committed[i]));
        }

        PerformReads(core, effects);

        timers.Set(effects.Timers);
    }

    private void PerformReads(RaftCore core, Effects effects)
    {
        for (int i = 0; i < effects.ReadsReady.Count; i++)
        {
            applier.Queue.Add(new ApplyStep(Read: effects.ReadsReady[i]));
        }

        for (int i = 0; i < effects.ReadsRefused.Count; i++)
        {
            readWaiters.Refuse(effects.ReadsRefused[i], ReadRefusalReason.LeadershipLost, core.LeaderId, core.CurrentTerm);
        }
    }
}
