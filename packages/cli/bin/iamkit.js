#!/usr/bin/env node
// A file that is there before the build, so that installing can link it.
import '../dist/main.js'
