using BenchmarkDotNet.Running;
using Raft.Verified.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(CoreStepBenchmarks).Assembly).Run(args);
