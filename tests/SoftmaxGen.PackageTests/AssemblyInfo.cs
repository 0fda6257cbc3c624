// Each test starts a build, which keeps a processor busy: two at a time.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
